package dev.redoubt.proxy.session;

import dev.redoubt.proxy.lane.Lane;
import dev.redoubt.proxy.upstream.MemoryAnswerer;
import dev.redoubt.proxy.upstream.MemoryStep;
import dev.redoubt.proxy.upstream.Requests;
import dev.redoubt.proxy.upstream.ServerRun;
import dev.redoubt.proxy.upstream.UpstreamServer;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Memory, with one step added before its reconciliation, which all traffic waits for: a new run of Redis gets the scripts that are remembered. Confined to the lane. */
public final class ScriptsFirst extends MemoryStep {
    private final Scripts scripts;
    private final Lane lane;
    private @Nullable UpstreamServer server;
    private @Nullable ServerRun loaded;
    private int awaited;

    public ScriptsFirst(MemoryAnswerer memory, Scripts scripts, Lane lane) {
        super(memory);
        this.scripts = scripts;
        this.lane = lane;
    }

    /** Called once, before anything connects. */
    public void attach(UpstreamServer upstream) {
        server = upstream;
    }

    @Override
    public void reconcile(Requests control, Runnable then) {
        ServerRun run = server == null ? null : server.run();
        if (run == null || (loaded != null && loaded.isSameAs(run))) {
            super.reconcile(control, then);
            return;
        }
        load(control, () -> {
            loaded = run;
            super.reconcile(control, then);
        });
    }

    /** Sent again even if Redis may have them: where INFO is denied, nobody knows which run it is. */
    private void load(Requests control, Runnable then) {
        ByteBuf loads = lane.allocator().directBuffer();
        awaited = scripts.writeLoads(loads);
        if (awaited == 0) {
            loads.release();
            then.run();
            return;
        }
        control.sendEncoded(loads, awaited, frame -> {
            if (--awaited == 0) {
                then.run(); // one that Redis does not take is its client's to hear of
            }
        });
    }

    @Override
    public byte @Nullable [] scriptLoad(byte[][] call) {
        return scripts.loadFor(call);
    }

    @Override
    public void onOutage(Runnable then) {
        scripts.distrust();
        super.onOutage(then);
    }
}
