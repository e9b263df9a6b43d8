package io.concordat.benchmarks.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.concordat.log.kafka.KafkaLogSettings;
import io.concordat.server.ClusterConfig;
import io.concordat.server.RegistryNode;
import io.concordat.server.ServerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * The program of a process that is measured. It is told what to do line by line, answers each line with a number, and ends
 * with its input.
 */
public final class Served {
    private Served() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            int space = order.indexOf(' ');
            String what = space < 0 ? order : order.substring(0, space);
            System.out.println(obey(what, order.substring(space + 1)));
        }
        System.exit(0);
    }

    private static long obey(String what, String argument) {
        return switch (what) {
            case "registry" -> registry(Path.of(argument));
            case "node" -> node(argument);
            case "fixed" -> FixedAnswer.start(argument.getBytes(UTF_8));
            case "cpu" ->
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
            case "heap" -> heapInUse();
            default -> throw new IllegalArgumentException("Unknown order '" + what + "'");
        };
    }

    /** The port of a registry over that file. It runs as long as the process. */
    private static int registry(Path file) {
        return RegistryNode.start(file, ServerConfig.builder().port(0).build())
                .url()
                .getPort();
    }

    /** The port of a node over the topic of those brokers. It runs as long as the process. */
    private static int node(String brokers) {
        return RegistryNode.start(
                        ClusterConfig.of(KafkaLogSettings.builder(brokers)
                                .replicationFactor(1)
                                .build()),
                        ServerConfig.builder().port(0).build())
                .url()
                .getPort();
    }

    private static long heapInUse() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
