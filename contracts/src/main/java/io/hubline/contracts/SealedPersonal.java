package io.hubline.contracts;

/// The encrypted `personal` envelope: the only form in which personal data travels between services
/// (invariant I8).
///
/// Its content is the JSON of a [Recipient]. The envelope names its key, so that keys can be rotated while
/// old envelopes still lie on topics.
///
/// @param keyId which key sealed it
/// @param ciphertext base64 of nonce, AES-256-GCM ciphertext and tag; bound to a context (account and
///     external order id), so that an envelope copied to another order does not open
public record SealedPersonal(String keyId, String ciphertext) {}
