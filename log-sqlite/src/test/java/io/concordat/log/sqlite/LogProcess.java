package io.concordat.log.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that opens a log, appends to it, says what came of it, and keeps it open until it is killed. */
final class LogProcess implements AutoCloseable {
    private final Process process;
    private final String answer;

    private LogProcess(Process process, String answer) {
        this.process = process;
        this.answer = answer;
    }

    /**
     * Starts it, and waits for what it says.
     *
     * @param libraries where it unpacks the native library
     * @param keys one append each
     */
    static LogProcess start(Path libraries, Path file, String... keys) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                LogProcess.class.getName(),
                libraries.toString(),
                file.toString()));
        command.addAll(List.of(keys));
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        String answer = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        return new LogProcess(process, String.valueOf(answer));
    }

    /** The offset of the last record, or the failure. */
    String answer() {
        return answer;
    }

    /** Kills it, so that it has no chance to tidy up. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    public static void main(String[] args) throws IOException {
        SqliteEventLog.unpackNativeLibraryIn(Path.of(args[0]));
        long last = -1;
        try {
            SqliteEventLog log = SqliteEventLog.open(Path.of(args[1]));
            for (String key : List.of(args).subList(2, args.length)) {
                last = Appends.append(log, key);
            }
            System.out.println(last);
        } catch (RuntimeException e) {
            System.out.println(e);
        }
        System.out.flush();
        // Ends when the other side does.
        System.in.transferTo(OutputStream.nullOutputStream());
    }
}
