package io.hubline.connector.spi;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One seller's login at a channel.
///
/// @param id the seller's own word for it, such as `shop-a`
/// @param adapter the name of the adapter that speaks for it
/// @param settings what the adapter needs to know, secrets among it; never logged
public record Account(String id, String adapter, Map<String, String> settings) {

    public Account {
        settings = Map.copyOf(settings);
    }

    /// A setting that the adapter cannot do without.
    ///
    /// @throws IllegalArgumentException when it is missing; the message names the setting and no value
    public String required(String name) {
        @Nullable String value = settings.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("account %s has no setting '%s'".formatted(id, name));
        }
        return value;
    }

    /// A setting, or what holds without it.
    public String setting(String name, String otherwise) {
        @Nullable String value = settings.get(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    /// The values of all settings whose name begins so, in the order of their names: for secrets of which
    /// several are good while one is being replaced.
    public List<String> all(String prefix) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .filter(setting -> setting.getKey().startsWith(prefix))
                        .map(Map.Entry::getValue)
                        .filter(value -> !value.isBlank())
                        .toList();
    }

    /// Without the settings, for some of them are secrets.
    @Override
    public String toString() {
        return id + " (" + adapter + ")";
    }
}
