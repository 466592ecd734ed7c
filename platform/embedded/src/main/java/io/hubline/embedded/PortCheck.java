package io.hubline.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Whether ports of the loopback interface are free.
public final class PortCheck {

    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private PortCheck() {}

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // Without this, a port whose last connections still linger would look taken for a minute.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port), 1);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Distinct ports nobody uses at this moment.
    public static List<Integer> free(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, LOOPBACK));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new InfrastructureException("No free port on this machine", e);
        } finally {
            sockets.forEach(PortCheck::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new InfrastructureException("Cannot give a port back", e);
        }
    }
}
