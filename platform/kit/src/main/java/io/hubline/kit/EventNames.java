package io.hubline.kit;

import io.hubline.contracts.Event;
import io.hubline.contracts.EventName;
import java.util.HashMap;
import java.util.Map;

/// From an event's class to its name on the wire, and back within one family.
public final class EventNames {

    private EventNames() {}

    /// The wire name of an event.
    ///
    /// @throws IllegalArgumentException when the class carries no [EventName]
    public static String of(Class<? extends Event> type) {
        EventName name = type.getAnnotation(EventName.class);
        if (name == null) {
            throw new IllegalArgumentException(type.getName() + " has no @EventName");
        }
        return name.value();
    }

    /// Every named class of a family: of a sealed interface its permitted records, of a record itself.
    public static <E extends Event> Map<String, Class<? extends E>> family(Class<E> family) {
        Map<String, Class<? extends E>> byName = new HashMap<>();
        collect(family, family, byName);
        if (byName.isEmpty()) {
            throw new IllegalArgumentException(family.getName() + " is neither sealed nor an event with a name");
        }
        return Map.copyOf(byName);
    }

    private static <E extends Event> void collect(
            Class<E> family, Class<?> type, Map<String, Class<? extends E>> byName) {
        EventName name = type.getAnnotation(EventName.class);
        if (name != null) {
            byName.put(name.value(), type.asSubclass(family));
        }
        Class<?>[] permitted = type.getPermittedSubclasses();
        if (permitted != null) {
            for (Class<?> subtype : permitted) {
                collect(family, subtype, byName);
            }
        }
    }
}
