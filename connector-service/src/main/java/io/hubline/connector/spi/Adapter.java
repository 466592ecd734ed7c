package io.hubline.connector.spi;

import java.util.List;

/// The code that speaks to one kind of outside system. It implements the ports that the system has.
public interface Adapter {

    /// Its name in configuration and in addresses, such as `shopify`. It is never changed.
    String name();

    /// What is wrong with an account's settings, without their values; empty when nothing is. Asked once at
    /// start: a service that could not reach its channel anyway does not start.
    List<String> complaints(Account account);
}
