// Encrypted attachments (Client-Server API, "Sending encrypted attachments").
import { createHash, randomBytes, webcrypto } from "node:crypto";

const unpadded = (bytes) => Buffer.from(bytes).toString("base64").replace(/=+$/, "");
const ctr = (iv) => ({ name: "AES-CTR", counter: iv, length: 64 });

export async function sealed(bytes) {
    const iv = Buffer.concat([randomBytes(8), Buffer.alloc(8)]);
    const key = await webcrypto.subtle.generateKey({ name: "AES-CTR", length: 256 }, true, ["encrypt", "decrypt"]);
    const ciphertext = Buffer.from(await webcrypto.subtle.encrypt(ctr(iv), key, bytes));
    const { alg, ext, k, kty, key_ops } = await webcrypto.subtle.exportKey("jwk", key);
    const sha256 = unpadded(createHash("sha256").update(ciphertext).digest());
    return { ciphertext, file: { v: "v2", key: { alg, ext, k, kty, key_ops }, iv: unpadded(iv), hashes: { sha256 } } };
}

// `file` is what stands under that name in the message.
export async function opened(ciphertext, file) {
    const sha256 = unpadded(createHash("sha256").update(ciphertext).digest());
    if (sha256 !== file.hashes.sha256) throw new Error(`${file.url} was tampered with`);
    const key = await webcrypto.subtle.importKey("jwk", file.key, "AES-CTR", false, ["decrypt"]);
    return Buffer.from(await webcrypto.subtle.decrypt(ctr(Buffer.from(file.iv, "base64")), key, ciphertext));
}
