package io.hubline.catalog.product.domain;

/// One thing in which the variants of a product differ, such as size: M.
public record Option(String name, String value) {}
