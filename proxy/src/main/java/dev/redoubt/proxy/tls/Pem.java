package dev.redoubt.proxy.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468); what stands between them is ignored, as other tools do. Stateless. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /**
     * One block.
     *
     * @param label such as "CERTIFICATE" or "PRIVATE KEY"
     */
    record Block(String label, byte[] der) {}

    private Pem() {}

    static List<Block> blocks(String text, Path file) throws TlsProblem {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            String body = matcher.group(2);
            if (body.contains("ENCRYPTED")) {
                throw new TlsProblem(
                        file + " has a key in an old encrypted form: convert it with openssl pkcs8 -topk8 -in KEY");
            }
            try {
                blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(body)));
            } catch (IllegalArgumentException e) {
                throw new TlsProblem(file + " is damaged", e);
            }
        }
        return blocks;
    }

    /** All certificates of a file, in its order; at least one. */
    static List<X509Certificate> certificates(String text, Path file) throws TlsProblem {
        List<X509Certificate> found = new ArrayList<>();
        for (Block block : blocks(text, file)) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("TRUSTED CERTIFICATE")) {
                found.add(certificate(block, file));
            }
        }
        if (found.isEmpty()) {
            throw new TlsProblem(file + " holds no certificate (-----BEGIN CERTIFICATE-----)");
        }
        return found;
    }

    private static X509Certificate certificate(Block block, Path file) throws TlsProblem {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException e) {
            throw new TlsProblem(file + " holds a certificate that cannot be read", e);
        }
    }
}
