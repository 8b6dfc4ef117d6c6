package dev.tideline.bench.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The process around an {@link Engine}: reads one command per line and answers each with a line. Ends when its input
 * does, so that none outlives the bench.
 */
final class EngineMain {

    static final String READY = "::ready";
    static final String DONE = "::done";
    static final String FAILED = "::failed ";

    private EngineMain() {}

    /**
     * @param arguments the engine's class, then {@code name=value}
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String[] pair = arguments[i].split("=", 2);
            settings.put(pair[0], pair[1]);
        }
        Engine engine =
                (Engine) Class.forName(arguments[0]).getConstructor(Map.class).newInstance(settings);
        answer(READY);
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            boolean running = false;
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                running = obey(engine, command, running);
            }
            if (running) {
                engine.stop();
            }
        }
        System.exit(0);
    }

    private static boolean obey(Engine engine, String command, boolean running) throws IOException {
        try {
            switch (command) {
                case "start" -> engine.start();
                case "stop" -> engine.stop();
                default -> throw new IllegalArgumentException("no such command: " + command);
            }
            answer(DONE);
            return command.equals("start");
        } catch (Exception e) {
            e.printStackTrace();
            answer(FAILED + e.toString().replace('\n', ' '));
            return running;
        }
    }

    private static void answer(String line) throws IOException {
        System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
