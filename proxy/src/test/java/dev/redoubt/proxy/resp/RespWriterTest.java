package dev.redoubt.proxy.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RespWriterTest {
    @Test
    void simpleFramesAreWritten() {
        assertEquals("+OK\r\n", written(out -> RespWriter.simpleString(out, "OK")));
        assertEquals("$0\r\n\r\n", written(out -> RespWriter.bulk(out, "")));
        assertEquals("$4\r\n\r\n\0x\r\n", written(out -> RespWriter.bulk(out, Wire.bytes("\r\n\0x"))));
        assertEquals("$2\r\nbc\r\n", written(out -> RespWriter.bulk(out, Wire.bytes("abcd"), 1, 2)));
        assertEquals("$2\r\n\u00c3\u00a9\r\n", written(out -> RespWriter.bulk(out, "é")));
        assertEquals("*12\r\n", written(out -> RespWriter.arrayHeader(out, 12)));
    }

    @Test
    void integersOfAllSizesAreWritten() {
        for (long value : new long[] {0, 9, 10, -1, -10, 1_000_000, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertEquals(":" + value + "\r\n", written(out -> RespWriter.integer(out, value)));
        }
    }

    @Test
    void lineEndsInAnErrorBecomeSpacesAsInRedis() {
        assertEquals("-ERR a  b c\r\n", written(out -> RespWriter.error(out, "ERR a\r\nb\nc")));
    }

    @Test
    void bytesThatAnErrorQuotesStayAsTheyAre() {
        byte[] quoted = {(byte) 0xff, '\r', 'a'};

        assertEquals("-ERR '\u00ff a'\r\n", written(out -> RespWriter.error(out, "ERR '", quoted, "'")));
    }

    @Test
    void nullsAreThoseOfTheProtocol() {
        assertEquals("$-1\r\n", written(out -> RespWriter.nullValue(out, 2)));
        assertEquals("_\r\n", written(out -> RespWriter.nullValue(out, 3)));
        assertEquals("*-1\r\n", written(out -> RespWriter.nullArray(out, 2)));
        assertEquals("_\r\n", written(out -> RespWriter.nullArray(out, 3)));
    }

    @Test
    void mapIsAFlatArrayInResp2() {
        assertEquals("*14\r\n", written(out -> RespWriter.mapHeader(out, 7, 2)));
        assertEquals("%7\r\n", written(out -> RespWriter.mapHeader(out, 7, 3)));
    }

    @Test
    void commandIsAnArrayOfBulkStrings() {
        assertEquals(
                "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$0\r\n\r\n", written(out -> RespWriter.command(out, "SET", "k", "")));
        assertEquals(
                "*1\r\n$2\r\n\u00ff\0\r\n", written(out -> RespWriter.command(out, new byte[][] {{(byte) 0xff, 0}})));
    }

    @Test
    void framesAreAppended() {
        assertEquals("+OK\r\n:1\r\n", written(out -> {
            RespWriter.simpleString(out, "OK");
            RespWriter.integer(out, 1);
        }));
    }

    private static String written(Consumer<ByteBuf> writing) {
        ByteBuf out = Unpooled.buffer(4);
        writing.accept(out);
        return Wire.text(out);
    }
}
