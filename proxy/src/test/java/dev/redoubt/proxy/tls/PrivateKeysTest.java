package dev.redoubt.proxy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrivateKeysTest {
    private static final Path FILE = Path.of("key.pem");
    private static final X509Bundle CA = TestCertificates.ca("the CA");
    private static final X509Bundle EC = TestCertificates.leaf(CA, "ec.example");
    private static final X509Bundle RSA = TestCertificates.rsaLeaf(CA, "rsa.example");

    static Stream<X509Bundle> kinds() {
        return Stream.of(EC, RSA);
    }

    private static PrivateKey read(String text, X509Bundle owner) throws TlsProblem {
        return PrivateKeys.read(text, FILE, null, owner.getKeyPair().getPublic());
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void pkcs8IsRead(X509Bundle bundle) throws TlsProblem {
        assertEquals(bundle.getKeyPair().getPrivate(), read(bundle.getPrivateKeyPEM(), bundle));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void keyBesideItsCertificateIsFound(X509Bundle bundle) throws TlsProblem {
        String both = "some words\n" + bundle.getCertificatePEM() + "\n" + bundle.getPrivateKeyPEM();

        assertEquals(bundle.getKeyPair().getPrivate(), read(both, bundle));
    }

    /** PKCS#1 and SEC 1 are what lies in PKCS#8's last field. */
    @ParameterizedTest
    @MethodSource("kinds")
    void olderFormsAreRead(X509Bundle bundle) throws TlsProblem {
        byte[] pkcs8 = bundle.getKeyPair().getPrivate().getEncoded();
        byte[] algorithm = algorithmOf(bundle);
        int from = indexOf(pkcs8, algorithm) + algorithm.length;
        int header = (pkcs8[from + 1] & 0xff) < 0x80 ? 2 : 2 + (pkcs8[from + 1] & 0x7f);
        byte[] bare = Arrays.copyOfRange(pkcs8, from + header, pkcs8.length);

        String text = pem(bundle == EC ? "EC PRIVATE KEY" : "RSA PRIVATE KEY", bare);

        assertEquals(bundle.getKeyPair().getPrivate(), read(text, bundle));
    }

    /** Of SubjectPublicKeyInfo: a sequence whose first member it is. */
    private static byte[] algorithmOf(X509Bundle bundle) {
        byte[] info = bundle.getKeyPair().getPublic().getEncoded();
        int from = (info[1] & 0xff) < 0x80 ? 2 : 2 + (info[1] & 0x7f);
        return Arrays.copyOfRange(info, from, from + 2 + info[from + 1]);
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not in there");
    }

    /** The file holds a certificate and its key, as {@code openssl req -x509 -newkey ec} writes them, with the password "secret". */
    @Test
    void encryptedKeyNeedsItsPassword() throws Exception {
        String text = resource("encrypted.pem");
        PublicKey certified = Pem.certificates(text, FILE).get(0).getPublicKey();

        assertEquals("EC", PrivateKeys.read(text, FILE, "secret", certified).getAlgorithm());
        assertRefused("key.pem cannot be decrypted: is the password right", text, "guess", certified);
        assertRefused("key.pem is encrypted: name a file with its password", text, null, certified);
    }

    /** As {@code openssl ecparam -genkey} writes it, with the public key beside the private one. */
    @Test
    void keyOfOpensslIsRead() throws Exception {
        String text = resource("sec1.pem");
        PublicKey certified = Pem.certificates(text, FILE).get(0).getPublicKey();

        assertEquals("EC", PrivateKeys.read(text, FILE, null, certified).getAlgorithm());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PrivateKeysTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void keyOfAnotherCertificateIsRefused() {
        X509Bundle other = TestCertificates.leaf(CA, "other.example");

        assertRefused(
                "key.pem holds the key of another certificate",
                other.getPrivateKeyPEM(),
                null,
                EC.getKeyPair().getPublic());
        assertRefused(
                "key.pem holds no EC key",
                RSA.getPrivateKeyPEM(),
                null,
                EC.getKeyPair().getPublic());
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertRefused(
                "key.pem holds no private key",
                EC.getCertificatePEM(),
                null,
                EC.getKeyPair().getPublic());
        assertRefused("key.pem holds no private key", "", null, EC.getKeyPair().getPublic());
        String old = pem("RSA PRIVATE KEY", new byte[3]).replace("AAAA", "Proc-Type: 4,ENCRYPTED\n\nAAAA");
        assertRefused(
                "convert it with openssl pkcs8", old, null, RSA.getKeyPair().getPublic());
    }

    private static void assertRefused(String part, String text, String password, PublicKey certified) {
        TlsProblem problem = assertThrows(TlsProblem.class, () -> PrivateKeys.read(text, FILE, password, certified));
        assertTrue(String.valueOf(problem.getMessage()).contains(part), problem.getMessage());
    }
}
