package io.hubline.contracts;

import org.jspecify.annotations.Nullable;

/// Who gets the parcel, as the content of a [SealedPersonal]. It is never a part of an event in the clear.
///
/// Each part is what the channel told us; a channel may withhold any of them.
public record Recipient(
        @Nullable String name,
        @Nullable String company,
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String city,
        @Nullable String region,
        @Nullable String postalCode,
        @Nullable String country,
        @Nullable String phone,
        @Nullable String email) {

    /// Keeps personal data out of logs and exception texts.
    @Override
    public String toString() {
        return "Recipient[sealed]";
    }
}
