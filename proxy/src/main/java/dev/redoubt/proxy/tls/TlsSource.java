package dev.redoubt.proxy.tls;

import dev.redoubt.proxy.config.TlsFiles;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at one side's files from time to time, and replaces the context when they have changed. What is new must be there unchanged at two looks, since a certificate and its key cannot be
 * replaced in one step; what cannot be used is logged once, and the old context stays. Runs on a thread of {@link TlsWorkers}, one look at a time.
 */
final class TlsSource implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsSource.class);
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    /** Makes a context; the caller releases it. */
    interface Maker {
        SslContext make(TlsMaterial material) throws TlsProblem;
    }

    private final String side;
    private final TlsFiles files;
    private final Duration interval;
    private final Maker maker;
    private final TlsWorkers workers;
    private final Executor lane;
    private final LiveContext live;
    private Object inForce;
    private Object seen;
    private @Nullable Object refused;

    /**
     * Reads the files for the first time, and goes on looking at them.
     *
     * @param side whose they are, for people
     * @param lane where contexts are used
     */
    TlsSource(String side, TlsFiles files, Duration interval, Maker maker, TlsWorkers workers, Executor lane)
            throws TlsProblem {
        this.side = side;
        this.files = files;
        this.interval = interval;
        this.maker = maker;
        this.workers = workers;
        this.lane = lane;
        PemTexts texts = PemTexts.read(files);
        TlsMaterial material = TlsMaterial.of(texts, files);
        this.live = new LiveContext(maker.make(material));
        this.inForce = texts;
        this.seen = texts;
        if (!files.equals(TlsFiles.NONE)) {
            workers.after(interval, this);
        }
    }

    /** What is in force. Confined to the lane. */
    LiveContext live() {
        return live;
    }

    @Override
    public void run() {
        Object now = look();
        boolean settled = now.equals(seen);
        seen = now;
        if (now.equals(inForce)) {
            refused = null;
        } else if (settled && !now.equals(refused)) {
            replace(now);
        }
        workers.after(settled || interval.compareTo(SECOND_LOOK) < 0 ? interval : SECOND_LOOK, this);
    }

    /** The texts, or why they can't be read. */
    private Object look() {
        try {
            return PemTexts.read(files);
        } catch (TlsProblem e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void replace(Object now) {
        if (!(now instanceof PemTexts texts)) {
            refuse(now, now.toString());
            return;
        }
        try {
            TlsMaterial material = TlsMaterial.of(texts, files);
            SslContext fresh = maker.make(material);
            lane.execute(() -> live.replace(fresh));
            inForce = texts;
            refused = null;
            LOG.atInfo()
                    .addKeyValue("side", side)
                    .addKeyValue("expires", Objects.toString(material.expires()))
                    .log("The files of TLS have changed: new connections use them");
        } catch (TlsProblem e) {
            refuse(now, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            refuse(now, e.toString());
        }
    }

    private void refuse(Object now, String why) {
        refused = now;
        LOG.atError()
                .addKeyValue("side", side)
                .addKeyValue("cause", why)
                .log("The files of TLS have changed and cannot be used: what was read before stays in force");
    }
}
