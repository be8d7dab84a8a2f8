package dev.redoubt.proxy.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads private keys and makes sure that they belong to their certificate: a pair that does not match would only fail in a handshake. Stateless. */
final class PrivateKeys {
    private static final byte SEQUENCE = 0x30;
    private static final byte OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    /** PBES2: its name does not say which algorithm it is, its parameters do. */
    private static final String PBES2 = "1.2.840.113549.1.5.13";

    private PrivateKeys() {}

    /** The first key of a file; it must be that of the certificate. */
    static PrivateKey read(String text, Path file, @Nullable String password, PublicKey certified) throws TlsProblem {
        for (Pem.Block block : Pem.blocks(text, file)) {
            if (block.label().endsWith("PRIVATE KEY")) {
                PrivateKey key = key(block, file, password, certified);
                requireMatch(key, certified, file);
                return key;
            }
        }
        throw new TlsProblem(file + " holds no private key (-----BEGIN PRIVATE KEY-----)");
    }

    private static PrivateKey key(Pem.Block block, Path file, @Nullable String password, PublicKey certified)
            throws TlsProblem {
        byte[] pkcs8 = switch (block.label()) {
            case "PRIVATE KEY" -> block.der();
            case "ENCRYPTED PRIVATE KEY" -> decrypted(block.der(), file, password);
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> wrapped(block.der(), certified);
            default -> throw new TlsProblem(file + " holds a key of an unknown kind: " + block.label());
        };
        try {
            return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new TlsProblem(file + " holds no " + certified.getAlgorithm() + " key, which its certificate has", e);
        }
    }

    private static byte[] decrypted(byte[] der, Path file, @Nullable String password) throws TlsProblem {
        if (password == null) {
            throw new TlsProblem(file + " is encrypted: name a file with its password (key-password-file)");
        }
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            AlgorithmParameters parameters = info.getAlgParameters();
            String algorithm =
                    info.getAlgName().equals(PBES2) || info.getAlgName().equals("PBES2")
                            ? parameters.toString()
                            : info.getAlgName();
            SecretKey secret =
                    SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray()));
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, secret, parameters);
            return info.getKeySpec(cipher).getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsProblem(
                    file
                            + " cannot be decrypted: is the password right, and the cipher AES (openssl pkcs8 -topk8 -v2 aes-256-cbc)?",
                    e);
        }
    }

    /** The older forms (PKCS#1, SEC 1) lack what PKCS#8 says of the kind of key; the certificate says the same. */
    private static byte[] wrapped(byte[] bare, PublicKey certified) {
        byte[] publicInfo = certified.getEncoded();
        int algorithmAt = contentAt(publicInfo, 0);
        int algorithmEnd = endOf(publicInfo, algorithmAt);
        byte[] algorithm = Arrays.copyOfRange(publicInfo, algorithmAt, algorithmEnd);
        return der(SEQUENCE, VERSION_0, algorithm, der(OCTET_STRING, bare));
    }

    private static int contentAt(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int endOf(byte[] der, int at) {
        int content = contentAt(der, at);
        int length = der[at + 1] & 0xff;
        if (length >= 0x80) {
            length = 0;
            for (int i = at + 2; i < content; i++) {
                length = length << 8 | (der[i] & 0xff);
            }
        }
        return content + length;
    }

    private static byte[] der(byte tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static void requireMatch(PrivateKey key, PublicKey certified, Path file) throws TlsProblem {
        try {
            Signature signature = Signature.getInstance(signatureOf(certified));
            signature.initSign(key);
            signature.update(VERSION_0);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(VERSION_0);
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new TlsProblem(file + " holds a key that cannot sign for its certificate", e);
        }
        throw new TlsProblem(file + " holds the key of another certificate");
    }

    private static String signatureOf(PublicKey certified) {
        return switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> certified.getAlgorithm();
        };
    }
}
