package io.hubline.catalog.offer.domain;

/// Why the content of a managed offer cannot be announced.
///
/// @param field what has to be changed, of the offer or of the product that it sells
/// @param reason what is wrong with it, as the end of a sentence that begins with the field
public record Obstacle(String field, String reason) {}
