package io.hubline.order.book.domain;

/// Who gets the parcel, sealed, with what it is bound to.
///
/// @param context the account and the external id, without which it does not open
public record SealedRecipient(String keyId, String ciphertext, String context) {}
