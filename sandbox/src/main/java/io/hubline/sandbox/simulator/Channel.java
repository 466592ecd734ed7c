package io.hubline.sandbox.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;

/// A simulated channel, mounted in the simulator under its root.
///
/// Both kinds of calls come in on many threads at once. A channel may close the exchange without an answer;
/// that is how it plays a lost one.
public interface Channel extends AutoCloseable {

    /// The first segment of its paths, and of its control paths below `/control`.
    String root();

    /// The names of what it hosts, such as its shops.
    List<String> members();

    /// Answers a vendor's or a buyer's call.
    ///
    /// @param below the decoded segments after the root
    void serve(HttpExchange exchange, List<String> below) throws IOException;

    /// Answers a control call, which is already known to come from this machine with the right token.
    ///
    /// @param below the decoded segments after `/control/{root}`
    void control(HttpExchange exchange, List<String> below) throws IOException;

    @Override
    void close();
}
