package io.hubline.connector.spi;

/// Where the next page begins, in the channel's own words.
public record Cursor(String value) {}
