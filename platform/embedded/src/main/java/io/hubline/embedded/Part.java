package io.hubline.embedded;

/// One of the three servers a daemon runs.
interface Part {

    String title();

    /// Ends what an earlier daemon of the same home left running when it was killed.
    void reap();

    /// Returns when the server answers, or fails saying why it does not.
    void start();

    /// Returns when the server has ended cleanly. Does nothing when it is not running.
    void stop();

    boolean isAlive();
}
