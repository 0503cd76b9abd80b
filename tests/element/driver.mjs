// A Matrix client with Rust crypto, driven by JSON lines on stdin, answered on stdout, for client.py:
// {"id":1,"do":"login",...} -> {"id":1,"ok":...} | {"id":1,"error":"...","errcode":"...","late":true}
// It ends with its stdin. matrix-js-sdk 43 wants node 22; this is all that node 20 lacks:
Promise.withResolvers ??= function () {
    let resolve, reject;
    const promise = new Promise((yes, no) => {
        resolve = yes;
        reject = no;
    });
    return { promise, resolve, reject };
};
const { createInterface } = await import("node:readline");
// The SDK writes to stdout, even while it is imported.
for (const name of ["log", "info", "debug", "warn", "trace"]) console[name] = () => {};
const sdk = await import("matrix-js-sdk");
const api = await import("matrix-js-sdk/lib/crypto-api/index.js");
const { decodeRecoveryKey } = await import("matrix-js-sdk/lib/crypto-api/recovery-key.js");
const { RustBackupManager } = await import("matrix-js-sdk/lib/rust-crypto/backup.js");
const { opened, sealed } = await import("./attachments.mjs");
const { Late, Log, cardOf, contentOf, fits } = await import("./log.mjs");
const { logger } = await import("matrix-js-sdk/lib/logger.js");
logger.setLevel?.("silent");
RustBackupManager.maxBackupLoopStartDelayMillis = 0;

const ENCRYPTION = {
    type: "m.room.encryption",
    state_key: "",
    content: { algorithm: "m.megolm.v1.aes-sha2" },
};
const POLL_MS = 25;

let client, page, password, recovery;
const say = (line) => process.stdout.write(JSON.stringify(line) + "\n");
const pause = (ms) => new Promise((go) => setTimeout(go, ms));

// --- requests

// The homeserver may ask us to wait, whatever we ask for.
async function patient(resource, options) {
    for (;;) {
        const answer = await fetch(resource, options);
        if (answer.status !== 429) return answer;
        const told = await answer.json().catch(() => ({}));
        await pause(told.retry_after_ms ?? 1000);
    }
}

async function byPassword(request) {
    try {
        return await request(null);
    } catch (error) {
        if (!error.data?.flows) throw error;
        return request({
            type: "m.login.password",
            identifier: { type: "m.id.user", user: client.getUserId() },
            password,
            session: error.data.session,
        });
    }
}

async function waitFor(within, what, find) {
    const until = Date.now() + within * 1000;
    for (;;) {
        const found = await find();
        if (found) return found;
        if (Date.now() > until) throw new Late(`Not within ${within} s: ${what}`);
        await pause(POLL_MS);
    }
}

// --- what was said

const logs = new Map();

function logOf(room) {
    if (!logs.has(room)) logs.set(room, new Log(client));
    return logs.get(room);
}

function listen() {
    client.on("event", (event) => {
        const inRoom = event.getRoomId() && event.getId() && !event.isSending();
        if (inRoom) logOf(event.getRoomId()).add(event);
    });
    client.on("Room.timelineReset", (room) => {
        const before = logOf(room.roomId).events.at(-1);
        // What the same answer brings after the gap is added right after this.
        setImmediate(() => fill(room, before).catch((error) => console.error(error)));
    });
}

// `/sync` left events out: page back to what is known.
async function fill(room, before) {
    const log = logOf(room.roomId);
    const map = client.getEventMapper();
    let from = room.getLiveTimeline().getPaginationToken("b");
    while (from) {
        const got = await client.createMessagesRequest(room.roomId, from, page, "b");
        for (const raw of got.chunk) if (!log.add(map(raw), before)) return;
        from = got.chunk.length ? got.end : null;
    }
}

async function told(event) {
    const info = await client
        .getCrypto()
        .getEncryptionInfoForEvent(event)
        .catch(() => null);
    return {
        event_id: event.getId(),
        sender: event.getSender(),
        type: event.getType(),
        content: contentOf(event),
        wire_type: event.getWireType(),
        wire_content: event.getWireContent(),
        redacted: event.isRedacted(),
        failure: event.isDecryptionFailure() ? event.decryptionFailureReason : null,
        shield: info?.shieldColour ? api.EventShieldReason[info.shieldReason] : null,
    };
}

// --- verification by emoji

const requests = new Map();

function watch(request) {
    const id = request.transactionId;
    const entry = { request };
    requests.set(id, entry);
    const change = async () => {
        if (request.phase === api.VerificationPhase.Requested && !request.initiatedByMe && !request.accepting) {
            await request.accept();
        }
        if (!request.verifier || entry.verifier) return;
        entry.verifier = request.verifier;
        entry.verifier.on(api.VerifierEvent.ShowSas, (shown) => (entry.shown = shown));
        entry.verifier.verify().catch((error) => (entry.failure = error));
    };
    const surely = () => change().catch((error) => (entry.failure = error));
    request.on(api.VerificationRequestEvent.Change, surely);
    surely();
    return id;
}

function step(txn, within, what, find) {
    return waitFor(within, `${what} of ${txn}`, () => {
        const entry = requests.get(txn);
        if (entry?.failure) throw entry.failure;
        if (entry?.request.phase === api.VerificationPhase.Cancelled) {
            throw new Error(`cancelled: ${entry.request.cancellationCode}`);
        }
        return entry && find(entry);
    });
}

// --- what may be asked for

const acts = {
    async login({ url, user, password: given, mode, bootstrap, page: limit }) {
        [password, page] = [given, limit];
        const credentials = { type: "m.login.password", identifier: { type: "m.id.user", user }, password };
        const signed = await sdk.createClient({ baseUrl: url, fetchFn: patient }).loginRequest(credentials);
        client = sdk.createClient({
            baseUrl: url,
            fetchFn: patient,
            userId: signed.user_id,
            deviceId: signed.device_id,
            accessToken: signed.access_token,
            verificationMethods: ["m.sas.v1"],
            cryptoCallbacks: {
                getSecretStorageKey: async ({ keys }) => (recovery ? [Object.keys(keys)[0], recovery] : null),
            },
        });
        await client.initRustCrypto({ useIndexedDB: false });
        const crypto = client.getCrypto();
        crypto.setDeviceIsolationMode(
            mode === "signed" ? new api.OnlySignedDevicesIsolationMode() : new api.AllDevicesIsolationMode(false),
        );
        if (bootstrap) await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: byPassword });
        client.on("crypto.verificationRequestReceived", watch);
        listen();
        const filter = new sdk.Filter(signed.user_id);
        filter.setTimelineLimit(page);
        await client.startClient({ initialSyncLimit: page, lazyLoadMembers: false, filter });
        await waitFor(20, "the first sync", () => ["PREPARED", "SYNCING"].includes(client.getSyncState()));
        return { user_id: signed.user_id, device_id: signed.device_id, access_token: signed.access_token };
    },
    async create({ encrypted, initial_state = [], ...more }) {
        const state = encrypted ? [...initial_state, ENCRYPTION] : initial_state;
        const made = await client.createRoom({ preset: "private_chat", initial_state: state, ...more });
        await waitFor(10, "the new room", () => client.getRoom(made.room_id)?.getMyMembership() === "join");
        return made.room_id;
    },
    async join({ room }) {
        const { roomId } = await client.joinRoom(room);
        await waitFor(10, "being in the room", () => client.getRoom(roomId)?.getMyMembership() === "join");
        return roomId;
    },
    invited: ({ room, within }) =>
        waitFor(within, `an invite to ${room}`, () => client.getRoom(room)?.getMyMembership() === "invite"),
    invite: ({ room, user }) => client.invite(room, user),
    kick: ({ room, user }) => client.kick(room, user),
    leave: ({ room }) => client.leave(room),
    members: ({ room, user, membership, within }) =>
        waitFor(
            within,
            `${user} to ${membership}`,
            () => client.getRoom(room)?.getMember(user)?.membership === membership,
        ),
    send: async ({ room, type, content }) => (await client.sendEvent(room, null, type, content)).event_id,
    redact: async ({ room, event }) => (await client.redactEvent(room, event)).event_id,
    state: async ({ room, type, content, key }) => (await client.sendStateEvent(room, type, content, key)).event_id,
    discard: ({ room }) => client.getCrypto().forceDiscardSession(room),

    async upload({ data }) {
        const { ciphertext, file } = await sealed(Buffer.from(data, "base64"));
        const { content_uri } = await client.uploadContent(ciphertext, { type: "application/octet-stream" });
        return { url: content_uri, ...file };
    },
    async download({ file }) {
        const url = client.mxcUrlToHttp(file.url, undefined, undefined, undefined, false, true, true);
        const answer = await patient(url, { headers: { Authorization: `Bearer ${client.getAccessToken()}` } });
        if (!answer.ok) throw new Error(`${answer.status} for ${file.url}`);
        return (await opened(Buffer.from(await answer.arrayBuffer()), file)).toString("base64");
    },

    timeline: ({ room }) => Promise.all(logOf(room).events.map(told)),
    async sees({ room, within, ...wanted }) {
        return told(await logOf(room).until(within, wanted, (log) => log.events.find((event) => fits(event, wanted))));
    },
    async redacted({ room, event, within }) {
        const gone = (log) => log.get(event)?.isRedacted() && log.get(event);
        return told(await logOf(room).until(within, { redacted: event }, gone));
    },
    async card({ room, within, ...wanted }) {
        const shown = (log) => cardOf(log.events, wanted);
        const { card, newest, content, edits } = await logOf(room).until(within, wanted, shown);
        return { card: await told(card), newest: await told(newest), content, edits };
    },

    async trust({ user, device, until: sign, within }) {
        const crypto = client.getCrypto();
        const seen = async () => {
            const devices = await crypto.getUserDeviceInfo([user], true);
            const status = await crypto.getDeviceVerificationStatus(user, device);
            const identity = await crypto.getUserVerificationStatus(user);
            return {
                devices: [...(devices.get(user)?.keys() ?? [])],
                known: status !== null,
                signed_by_owner: status?.signedByOwner ?? false,
                verified: status?.crossSigningVerified ?? false,
                user_verified: identity.isCrossSigningVerified(),
                has_identity: await crypto.userHasCrossSigningKeys(user, true),
            };
        };
        if (!sign) return seen();
        return waitFor(within, `${device} of ${user} to be ${sign}`, async () => {
            const one = await seen();
            return one[sign] && one;
        });
    },
    async takes_identity({ key }) {
        recovery = decodeRecoveryKey(key);
        await client.getCrypto().bootstrapCrossSigning({});
        return client.getCrypto().getCrossSigningStatus();
    },
    async makes_storage() {
        const made = await client.getCrypto().createRecoveryKeyFromPassphrase();
        recovery = made.privateKey;
        await client.getCrypto().bootstrapSecretStorage({
            createSecretStorageKey: async () => made,
            setupNewSecretStorage: true,
            setupNewKeyBackup: true,
        });
        return made.encodedPrivateKey;
    },
    backed_up: ({ within }) =>
        waitFor(within, "all keys in the backup", async () => {
            const counts = await client.getCrypto().olmMachine.roomKeyCounts();
            return counts.total === counts.backedUp;
        }),
    async restores_backup() {
        const crypto = client.getCrypto();
        await crypto.loadSessionBackupPrivateKeyFromSecretStorage();
        const check = await crypto.checkKeyBackupAndEnable();
        return { ...check?.trustInfo, ...(await crypto.restoreKeyBackup()) };
    },

    verify: async ({ user, device }) => watch(await client.getCrypto().requestDeviceVerification(user, device)),
    verify_in_room: async ({ user, room }) => watch(await client.getCrypto().requestVerificationDM(user, room)),
    requested: ({ user, within }) =>
        waitFor(within, `a request to verify by ${user}`, () => {
            const theirs = ({ request }) => !request.initiatedByMe && request.otherUserId === user && request.pending;
            return [...requests].find(([, entry]) => theirs(entry))?.[0];
        }),
    async start_sas({ txn, within }) {
        const { request } = await step(txn, within, "readiness", (entry) => {
            return entry.request.phase >= api.VerificationPhase.Ready && entry;
        });
        await request.startVerification("m.sas.v1");
    },
    emoji: ({ txn, within }) => step(txn, within, "emoji", (entry) => entry.shown?.sas.emoji),
    async confirm({ txn, within }) {
        await (await step(txn, within, "emoji", (entry) => entry.shown)).confirm();
    },
    async verified({ txn, within }) {
        await step(txn, within, "the end", (entry) => entry.request.phase === api.VerificationPhase.Done);
    },
};

function failed(id, error) {
    const errcode = error?.errcode ?? error?.data?.errcode;
    say({ id, error: String(error?.message ?? error).slice(0, 4000), errcode, late: error instanceof Late });
}

process.on("unhandledRejection", (error) => console.error(error));
for await (const line of createInterface({ input: process.stdin })) {
    const { id, do: act, ...given } = JSON.parse(line);
    Promise.resolve()
        .then(() => acts[act](given))
        .then((ok) => say({ id, ok: ok ?? null }))
        .catch((error) => failed(id, error));
}
client?.stopClient();
process.exit(0);
