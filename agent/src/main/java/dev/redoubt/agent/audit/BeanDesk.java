package dev.redoubt.agent.audit;

import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * Registers the bean, once the application has a platform MBean server. None is ever made here: that would load the JDK's logging and
 * take whatever builder of servers is configured by then, before an application server has set up either. A server that exists is found
 * in the factory's own list. Confined to one thread.
 */
final class BeanDesk {
    private static final String NAME = "dev.redoubt:type=Agent";
    private static final String MARK_OF_PLATFORM = "java.lang:type=Runtime";

    private final AgentMBean bean;
    private boolean isDone;

    BeanDesk(AgentMBean bean) {
        this.bean = bean;
    }

    /** Whether there is nothing left to do: it is registered, or it cannot be. */
    boolean registerIfThereIsAServer() {
        if (isDone) {
            return true;
        }
        try {
            ObjectName platform = new ObjectName(MARK_OF_PLATFORM);
            for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
                if (server.isRegistered(platform)) {
                    isDone = true;
                    server.registerMBean(new StandardMBean(bean, AgentMBean.class), new ObjectName(NAME));
                }
            }
        } catch (InstanceAlreadyExistsException e) {
            isDone = true; // another agent's: theirs is as good
        } catch (JMException | RuntimeException | LinkageError e) {
            isDone = true; // forbidden, or a JVM without JMX
        }
        return isDone;
    }
}
