package io.hubline.kit.app;

import io.hubline.contracts.Event;
import io.hubline.contracts.EventName;

/// Somebody said something.
@EventName("test.told.v1")
public record Told(String key, String text) implements Event {}
