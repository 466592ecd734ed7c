package io.hubline.sandbox.shopify.store;

/// A person who buys: invented, but shaped like the real thing so that a leak scan has something to look
/// for.
public record Buyer(
        String firstName,
        String lastName,
        String email,
        String phone,
        String address1,
        String city,
        String province,
        String provinceCode,
        String zip,
        String country,
        String countryCode) {

    public String name() {
        return firstName + " " + lastName;
    }
}
