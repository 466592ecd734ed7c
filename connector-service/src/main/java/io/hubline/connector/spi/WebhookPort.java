package io.hubline.connector.spi;

import java.net.URI;
import java.util.Set;

/// Reads what a channel sends by itself.
public interface WebhookPort extends Adapter {

    /// Whether the channel itself sent this for the account. Compares in constant time, and takes every
    /// secret that is good at the moment.
    boolean isGenuine(Account account, Delivery delivery);

    /// What a genuine delivery tells. Whatever its body is, this does not throw.
    Hint read(Delivery delivery);

    /// The headers worth keeping with the raw message, by lower-case name; never one that carries a secret.
    Set<String> headersKept();

    /// Makes the channel send what the hub follows to this address. Repeating it changes nothing.
    ///
    /// @return how many subscriptions had to be made
    Outcome<Integer> ensureSubscriptions(Account account, URI callback);
}
