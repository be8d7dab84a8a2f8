package dev.redoubt.proxy.resp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void argumentsAreCopiedOutOfTheMiddleOfABuffer() {
        ByteBuf buf =
                Unpooled.wrappedBuffer(Wire.bytes("xx*3\r\n$3\r\nSET\r\n$0\r\n\r\n$12\r\n\r\n$1\r\nabc\r\n\0\r\n*1"));

        byte[][] arguments = Arguments.read(buf, 2);
        buf.setZero(0, buf.capacity());

        assertArrayEquals(new byte[][] {Wire.bytes("SET"), {}, Wire.bytes("\r\n$1\r\nabc\r\n\0")}, arguments);
    }

    @Test
    void manyArgumentsAreRead() {
        String[] words = new String[120];
        for (int i = 0; i < words.length; i++) {
            words[i] = "w" + i;
        }

        byte[][] arguments = Arguments.read(Unpooled.wrappedBuffer(Wire.command(words)), 0);

        assertEquals(120, arguments.length);
        assertArrayEquals(Wire.bytes("w119"), arguments[119]);
    }

    @Test
    void byteThatRedisSkipsUnseenIsSkipped() {
        byte[][] arguments = Arguments.read(Unpooled.wrappedBuffer(Wire.bytes("*1\rX$4\r\0PINGXX")), 0);

        assertArrayEquals(new byte[][] {Wire.bytes("PING")}, arguments);
    }

    @Test
    void eachCommandOfARangeIsVisitedInOrder() {
        byte[] run = Wire.commands("SET a 1", "GET a", "DEL a");
        ByteBuf buf = Unpooled.buffer().writeZero(7).writeBytes(run).writeBytes(Wire.command("PING"));
        List<String> seen = new ArrayList<>();

        Arguments.forEach(buf, 7, run.length, arguments -> seen.add(new String(arguments[0]) + arguments.length));

        assertEquals(List.of("SET3", "GET2", "DEL2"), seen);
    }

    @Test
    void rangeThatEndsInsideACommandIsABug() {
        byte[] run = Wire.commands("SET a 1", "GET a");
        ByteBuf buf = Unpooled.wrappedBuffer(run);

        assertThrows(IllegalArgumentException.class, () -> Arguments.forEach(buf, 0, run.length - 1, arguments -> {}));
    }
}
