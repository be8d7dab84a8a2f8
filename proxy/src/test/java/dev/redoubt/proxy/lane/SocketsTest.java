package dev.redoubt.proxy.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redoubt.proxy.config.Transport;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SocketsTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void linuxHasEpollAndElseNio() {
        assertEquals(Epoll.isAvailable() ? Sockets.EPOLL : Sockets.NIO, Sockets.of(Transport.AUTO));
    }

    @Test
    void nioWorksEverywhere() {
        assertEquals(Sockets.NIO, Sockets.of(Transport.NIO));
    }

    @Test
    @DisabledOnOs(OS.MAC)
    void whatDoesNotWorkHereIsSaidWithTheReason() {
        String message = assertThrows(IllegalStateException.class, () -> Sockets.of(Transport.KQUEUE))
                .getMessage();

        assertTrue(
                message.matches(
                        "transport kqueue does not work here \\(.+\\); --transport auto takes the best that does"),
                message);
    }
}
