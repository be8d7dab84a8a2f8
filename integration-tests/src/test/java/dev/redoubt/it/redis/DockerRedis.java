package dev.redoubt.it.redis;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/** Redis in a container of its own, always at the same port of the host. */
final class DockerRedis implements RedisEngine {
    static final String IMAGE = "redis:7-alpine";

    private static final int PORT_INSIDE = 6379;

    private final int port;
    private final List<String> command = new ArrayList<>(List.of("redis-server", "--protected-mode", "no"));
    private GenericContainer<?> container;

    DockerRedis(int port, List<String> options) {
        this.port = port;
        command.addAll(options);
    }

    /** A daemon answers, and the address of its host is known. Looks for it once. */
    static boolean isAvailable() {
        return isHostKnown() && DockerClientFactory.instance().isDockerAvailable();
    }

    /**
     * Inside a container Testcontainers has to be told, or it runs another image to find out: without a registry that fails
     * after three minutes.
     */
    private static boolean isHostKnown() {
        return System.getenv("TESTCONTAINERS_HOST_OVERRIDE") != null || !Files.exists(Path.of("/.dockerenv"));
    }

    /** The image can be used without a registry. */
    static boolean isImageHere() {
        try {
            client().inspectImageCmd(IMAGE).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    @Override
    public String host() {
        return DockerClientFactory.instance().dockerHostIpAddress();
    }

    /** The container of the last run has its data. */
    @Override
    public void start() {
        if (container == null) {
            container = newContainer();
            container.start();
        } else {
            client().startContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public boolean isRunning() {
        return container != null && Boolean.TRUE.equals(state().getRunning());
    }

    @Override
    public void kill() {
        signal("KILL");
        awaitEnd();
    }

    @Override
    public void stop() {
        signal("CONT");
        signal("TERM");
        awaitEnd();
    }

    @Override
    public void pause() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    @Override
    public void clear() {
        if (container != null) {
            container.stop();
            container = null;
        }
    }

    @Override
    public String log() {
        return container == null ? "" : container.getLogs();
    }

    @Override
    public void close() {
        clear();
    }

    private GenericContainer<?> newContainer() {
        return new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withCommand(command.toArray(String[]::new))
                .withCreateContainerCmdModifier(this::bindPort)
                .waitingFor(new WaitForNothing());
    }

    /** To loopback only, unless the daemon is elsewhere. */
    private void bindPort(CreateContainerCmd create) {
        boolean isHere = List.of("localhost", "127.0.0.1").contains(host());
        Ports.Binding outside = isHere ? Ports.Binding.bindIpAndPort("127.0.0.1", port) : Ports.Binding.bindPort(port);
        ExposedPort inside = ExposedPort.tcp(PORT_INSIDE);
        create.withExposedPorts(inside)
                .withHostConfig(new HostConfig().withPortBindings(new PortBinding(outside, inside)));
    }

    private void signal(String name) {
        client().killContainerCmd(container.getContainerId()).withSignal(name).exec();
    }

    private void awaitEnd() {
        Patience.until("the container's end", () -> !isRunning());
    }

    private ContainerState state() {
        return client().inspectContainerCmd(container.getContainerId()).exec().getState();
    }

    private static DockerClient client() {
        return DockerClientFactory.instance().client();
    }

    /** {@link RedisServer} waits, for an answer to PING. */
    private static final class WaitForNothing extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }
}
