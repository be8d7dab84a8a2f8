package dev.redoubt.it.bench;

import java.io.IOException;

/** Something that can put one case's load on a port. */
interface LoadSource {
    /** @throws IOException if the load fails or takes too long */
    Sample.Load run(BenchCase benchCase, int port) throws IOException, InterruptedException;

    /** For each case the load that can do it. */
    static LoadSource of(LoadSource redisBenchmark, LoadSource own) {
        return (benchCase, port) ->
                (benchCase.part() == BenchOptions.Part.LOAD ? redisBenchmark : own).run(benchCase, port);
    }
}
