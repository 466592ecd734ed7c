package io.hubline.contracts;

import org.jspecify.annotations.Nullable;

/// Where an order goes, as coarse as routing can work with and too coarse to name a person.
///
/// @param country ISO 3166-1 alpha-2
/// @param region the state or province code within the country, where the channel gives one
public record Destination(String country, @Nullable String region) {}
