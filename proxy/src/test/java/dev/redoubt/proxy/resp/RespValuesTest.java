package dev.redoubt.proxy.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RespValuesTest {
    /** Byte strings are shown in quotes, simple strings without. */
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            +OK\\r\\n                                     => OK
            -ERR no\\r\\n                                 => RespError[message=ERR no]
            !7\\r\\nERR a\\r\\n\\r\\n                     => RespError[message=ERR a\\r\\n]
            :-12\\r\\n                                    => -12
            #t\\r\\n                                      => 1
            #f\\r\\n                                      => 0
            ,1.5\\r\\n                                    => 1.5
            (12345678901234567890\\r\\n                   => 12345678901234567890
            _\\r\\n                                       => null
            $5\\r\\na\\r\\nbc\\r\\n                       => "a\\r\\nbc"
            $0\\r\\n\\r\\n                                => ""
            $-1\\r\\n                                     => null
            =7\\r\\ntxt:abc\\r\\n                         => "txt:abc"
            *-1\\r\\n                                     => null
            *0\\r\\n                                      => []
            *3\\r\\n:1\\r\\n$-1\\r\\n*1\\r\\n+a\\r\\n     => [1, null, [a]]
            ~2\\r\\n:1\\r\\n:2\\r\\n                      => [1, 2]
            >2\\r\\n+a\\r\\n:2\\r\\n                      => [a, 2]
            %2\\r\\n+a\\r\\n:1\\r\\n+b\\r\\n*1\\r\\n_\\r\\n => [a, 1, b, [null]]
            |1\\r\\n+ttl\\r\\n:9\\r\\n$1\\r\\nv\\r\\n     => "v"
            *2\\r\\n|1\\r\\n+x\\r\\n:9\\r\\n:1\\r\\n:2\\r\\n => [1, 2]
            """)
    void everyTypeHasItsValue(String reply, String expected) {
        byte[] bytes = Wire.unescaped("--" + reply);

        assertEquals(new String(Wire.unescaped(expected)), show(RespValues.read(Unpooled.wrappedBuffer(bytes), 2)));
    }

    @Test
    void textIsThatOfStringsOnly() {
        assertEquals("é", RespValues.text("é".getBytes(StandardCharsets.UTF_8)));
        assertEquals("OK", RespValues.text("OK"));
        assertNull(RespValues.text(1L));
        assertNull(RespValues.text(null));
        assertNull(RespValues.text(new RespError("ERR no")));
    }

    @Test
    void codeOfAnErrorIsItsWholeFirstWord() {
        assertEquals("BUSYGROUP", new RespError("BUSYGROUP Consumer Group name already exists").code());
        assertEquals("EXECABORT", new RespError("EXECABORT").code());
    }

    private static String show(Object value) {
        if (value instanceof byte[] bytes) {
            return '"' + new String(bytes) + '"';
        }
        return value instanceof List<?> list
                ? list.stream().map(RespValuesTest::show).collect(Collectors.joining(", ", "[", "]"))
                : String.valueOf(value);
    }
}
