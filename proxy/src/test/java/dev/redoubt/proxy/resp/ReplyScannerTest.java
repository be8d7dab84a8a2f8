package dev.redoubt.proxy.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redoubt.proxy.resp.ReplyScanner.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyScannerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+OK\r\n",
                "+\r\n",
                "+a\rb\r\n",
                "-ERR no\r\n",
                ":1234567890123456789\r\n",
                ":-1\r\n",
                "$5\r\nhello\r\n",
                "$6\r\na\r\nb\r\n\r\n",
                "$0\r\n\r\n",
                "$-1\r\n",
                "*0\r\n",
                "*-1\r\n",
                "*3\r\n:1\r\n$-1\r\n+a\r\n",
                "*2\r\n*2\r\n:1\r\n*0\r\n*1\r\n*1\r\n$1\r\na\r\n",
                "_\r\n",
                "#t\r\n",
                "#f\r\n",
                ",3.14\r\n",
                ",inf\r\n",
                "(3492890328409238509324850943850943825024385\r\n",
                "!10\r\nERR a\r\nb c\r\n",
                "=8\r\ntxt:a\r\nb\r\n",
                "%0\r\n",
                "%2\r\n+a\r\n:1\r\n$1\r\nb\r\n%1\r\n+x\r\n_\r\n",
                "~2\r\n:1\r\n~1\r\n+a\r\n",
                ">2\r\n+invalidate\r\n*1\r\n$1\r\nk\r\n",
                ">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n",
                "|1\r\n+ttl\r\n:3600\r\n*2\r\n:1\r\n:2\r\n",
                "|0\r\n+OK\r\n",
                "*2\r\n|1\r\n+ttl\r\n:9\r\n:1\r\n:2\r\n",
                "|1\r\n+a\r\n|1\r\n+b\r\n:1\r\n:2\r\n+OK\r\n"
            })
    void replyOfEveryTypeEndsWhereItEnds(String reply) {
        byte[] input = Wire.bytes(reply + "+next");

        for (int[] ends : Wire.deliveries(input.length)) {
            assertEquals(
                    List.of("REPLY " + reply.length() + " " + reply.charAt(0)),
                    scan(input, ends),
                    () -> "delivered up to " + Arrays.toString(ends));
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            OK\\r\\n
            *2\\r\\n:1\\r\\nOK\\r\\n
            \\r\\n
            \\0
            .\\r\\n
            ;4\\r\\nabcd\\r\\n
            +OK\\n
            :1\\n
            _\\n
            $\\r\\n$
            $a\\r\\n
            $+5\\r\\n
            $-\\r\\n
            $ 5\\r\\n
            $5 \\r\\n
            $5\\n12345
            $5\\rx12345
            $?\\r\\n
            $2147483647\\r\\n
            $9999999999\\r\\n
            $1234567890123456789\\r\\n
            $99999999999999999999999999999999\\r\\n
            !x\\r\\n
            =x\\r\\n
            *\\r\\n*
            *?\\r\\n
            *a\\r\\n
            *1x\\r\\n
            *2147483648\\r\\n
            *1234567890123456789\\r\\n
            %x\\r\\n
            %4611686018427387904\\r\\n
            ~-x\\r\\n
            >x\\r\\n
            |x\\r\\n
            *1\\r\\n*1\\r\\n*1\\r\\n$x\\r\\n
            """)
    void bytesThatAreNotRespAreMalformed(String escaped) {
        byte[] input = Wire.unescaped(escaped);

        for (int[] ends : Wire.deliveries(input.length)) {
            assertEquals(List.of("MALFORMED"), scan(input, ends), () -> "delivered up to " + Arrays.toString(ends));
        }
    }

    @Test
    void unfinishedReplyTellsItsTypeAndHowFarItIsKnown() {
        ReplyScanner scanner = new ReplyScanner();
        scanner.start(0);
        ByteBuf buf = Unpooled.wrappedBuffer(Wire.bytes("*2\r\n$1000\r\nabc"));

        Outcome outcome = scanner.scan(buf, buf.writerIndex());

        assertEquals(Outcome.INCOMPLETE, outcome);
        assertEquals('*', scanner.type());
        assertEquals(11 + 1000 + 2, scanner.position());
    }

    @Test
    void typeIsUnknownBeforeTheFirstByte() {
        ReplyScanner scanner = new ReplyScanner();
        scanner.start(3);

        assertEquals(Outcome.INCOMPLETE, scanner.scan(Unpooled.wrappedBuffer(new byte[3]), 3));
        assertEquals(0, scanner.type());
    }

    @Test
    void aggregatesThatClaimMoreThanThereCanBeStayIncomplete() {
        byte[] input = Wire.bytes("*2147483647\r\n".repeat(1_000));

        assertEquals(List.of(), scan(input, new int[] {input.length}));
    }

    @Test
    void deepNestingNeedsNoStack() {
        byte[] input = Wire.bytes("*1\r\n".repeat(200_000) + ":1\r\n");

        assertEquals(List.of("REPLY " + input.length + " *"), scan(input, new int[] {input.length}));
    }

    @Test
    void randomRepliesAreCutWhereTheyEnd() {
        long seed = Long.getLong("redoubt.seed", System.nanoTime());
        System.out.println("ReplyScannerTest: -Dredoubt.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        RandomReply replies = new RandomReply(random);
        for (int round = 0; round < 300; round++) {
            ByteBuf stream = Unpooled.buffer();
            List<String> expected = new ArrayList<>();
            for (int i = random.nextInt(10); i >= 0; i--) {
                int start = stream.writerIndex();
                if (random.nextInt(6) == 0) {
                    replies.writePush(stream);
                } else {
                    replies.write(stream, random.nextInt(4));
                }
                expected.add("REPLY " + (stream.writerIndex() - start) + " " + (char) stream.getByte(start));
            }
            byte[] input = Wire.take(stream);

            assertEquals(expected, scan(input, Wire.randomDelivery(input.length, 30, random)));
            assertEquals(expected, scan(input, Wire.randomDelivery(input.length, 1, random)));
        }
    }

    /** What was found until the input ended or was malformed; at every delivery the bytes lie somewhere else. */
    static List<String> scan(byte[] input, int[] ends) {
        List<String> all = new ArrayList<>();
        ReplyScanner scanner = new ReplyScanner();
        int base = 0;
        int done = 0;
        scanner.start(0);
        for (int end : ends) {
            int moved = 1 + (base + 5) % 11;
            ByteBuf buf = Unpooled.buffer().writeZero(moved).writeBytes(input, done, end - done);
            scanner.rebase(moved - base);
            base = moved;
            Outcome outcome = scanner.scan(buf, buf.writerIndex());
            while (outcome == Outcome.REPLY) {
                all.add(outcome + " " + (scanner.position() - base) + " " + (char) scanner.type());
                done += scanner.position() - base;
                base = scanner.position();
                scanner.start(base);
                outcome = scanner.scan(buf, buf.writerIndex());
            }
            if (outcome == Outcome.MALFORMED) {
                all.add("MALFORMED");
                return all;
            }
        }
        return all;
    }
}
