package dev.redoubt.proxy.sim;

import dev.redoubt.proxy.lane.ReadBuffers;
import io.netty.channel.EventLoop;

/** What everything in one simulation shares. */
record Site(
        World world,
        Plan plan,
        Mutant mutant,
        SimAllocator allocator,
        EventLoop loop,
        ReadBuffers readBuffers,
        Referee referee) {
    static Site of(World world, Plan plan, Mutant mutant) {
        SimAllocator allocator = new SimAllocator();
        ReadBuffers readBuffers = new ReadBuffers(allocator, plan.readBufferBytes());
        return new Site(world, plan, mutant, allocator, new SimLoop(world), readBuffers, new Referee(world, plan));
    }
}
