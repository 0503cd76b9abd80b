// What was said in one room: every event once, in the order of the homeserver, decrypted as soon as its key is there.
const CARD = "org.askbridge.card";

export class Late extends Error {}

export class Log {
    events = [];
    #client;
    #known = new Map();
    #waiting = new Set();

    constructor(client) {
        this.#client = client;
    }

    add(event, after = this.events.at(-1)) {
        if (this.#known.has(event.getId())) return false;
        this.#known.set(event.getId(), event);
        this.events.splice(after ? this.events.lastIndexOf(after) + 1 : 0, 0, event);
        event.on("Event.decrypted", () => this.#changed());
        this.#client.decryptEventIfNeeded(event);
        this.#redact(event);
        this.#changed();
        return true;
    }

    get(id) {
        return this.#known.get(id);
    }

    // The first thing that `find` finds, now or within that many seconds.
    until(within, what, find) {
        return new Promise((found, failed) => {
            const end = () => {
                clearTimeout(timer);
                this.#waiting.delete(look);
            };
            const look = () => {
                const one = find(this);
                if (one) end(), found(one);
            };
            const timer = setTimeout(() => {
                end();
                failed(new Late(`Not within ${within} s: ${JSON.stringify(what)}. Said last:\n${lately(this.events)}`));
            }, within * 1000);
            this.#waiting.add(look);
            look();
        });
    }

    #changed() {
        for (const look of this.#waiting) look();
    }

    #redact(event) {
        if (event.getType() !== "m.room.redaction") return;
        const target = this.get(event.event.redacts ?? event.getContent().redacts);
        if (target && !target.isRedacted()) target.makeRedacted(event, this.#client.getRoom(event.getRoomId()));
    }
}

export const contentOf = (event) => event.getOriginalContent();
const readable = (event) => event.getType() !== "m.room.encrypted" && !event.isDecryptionFailure();
const relationOf = (event) => event.getWireContent()["m.relates_to"] ?? {};
const replaced = (event) => (relationOf(event).rel_type === "m.replace" ? relationOf(event).event_id : undefined);
const targets = (event) => [relationOf(event).event_id, relationOf(event)["m.in_reply_to"]?.event_id];

const lately = (events) =>
    events
        .slice(-8)
        .map((event) => `${event.getSender()}: ${contentOf(event).body ?? event.getType()}`.slice(0, 200))
        .join("\n");

export function fits(event, { body, relates, from, kind, failed }) {
    if (from && event.getSender() !== from) return false;
    if (kind && event.getType() !== kind) return false;
    if (relates && !targets(event).includes(relates)) return false;
    if (failed) return event.isDecryptionFailure() && [true, event.decryptionFailureReason].includes(failed);
    return readable(event) && (!body || String(contentOf(event).body ?? "").includes(body));
}

function isCardOf(event, question) {
    const facts = readable(event) && contentOf(event)[CARD];
    if (!facts || replaced(event)) return false;
    return typeof question === "number" ? facts.question === question : targets(event).includes(question);
}

export function cardOf(events, { question, state, from }) {
    const card = events.find((event) => isCardOf(event, question) && (!from || event.getSender() === from));
    if (!card) return undefined;
    const isEdit = (event) => replaced(event) === card.getId() && event.getSender() === card.getSender();
    const edits = events.filter((event) => readable(event) && isEdit(event));
    const newest = edits.at(-1) ?? card;
    const content = edits.length ? contentOf(newest)["m.new_content"] : contentOf(card);
    return state && content[CARD]?.state !== state ? undefined : { card, newest, content, edits: edits.length };
}
