package org.nucleus.chronos.api;

import java.util.regex.Pattern;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.leader.Leadership;
import org.nucleus.chronos.sandbox.SandboxReader;
import org.nucleus.chronos.store.ChronosStore;
import org.nucleus.wire.TaskId;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What a run has written, while it runs and as long as its agent keeps the sandbox. */
@RestController
@RequestMapping({"/v1/scheduler", "/scheduler"})
class LogController {
    private static final int LENGTH_MOST = 1 << 20;
    private static final Pattern FILE = Pattern.compile("[\\w.-]+(/[\\w.-]+)*");

    private final Served served;
    private final ChronosStore store;
    private final SandboxReader sandboxes;

    LogController(Leadership leadership, ChronosStore store, SandboxReader sandboxes) {
        this.served = new Served(leadership);
        this.store = store;
        this.sandboxes = sandboxes;
    }

    /**
     * Part of a file of a run's sandbox; without {@code offset} its end. Whoever follows a log asks again from
     * {@code offset} plus the bytes he got.
     */
    @GetMapping("/job/{name}/runs/{task}/log")
    ResponseEntity<byte[]> log(
            @PathVariable String name,
            @PathVariable String task,
            @RequestParam(defaultValue = "stdout") String file,
            @RequestParam(defaultValue = "-1") long offset,
            @RequestParam(defaultValue = "16384") int length)
            throws InterruptedException {
        served.leading();
        if (!FILE.matcher(file).matches() || file.contains("..")) {
            throw new Refused("'file' must be a path within the sandbox, for example stdout");
        }
        Run run = store.run(new TaskId(task))
                .filter(found -> found.job().equals(name))
                .orElseThrow(() -> new Refused("Job '" + name + "' has no run '" + task + "'"));
        if (run.sandbox() == null) {
            throw new Refused("The run has no sandbox: it was not launched, or its offer did not name the agent");
        }
        int most = Math.clamp(length, 1, LENGTH_MOST);
        SandboxReader.Chunk chunk = offset < 0
                ? sandboxes.tail(run.sandbox(), file, most)
                : sandboxes.read(run.sandbox(), file, offset, most);
        return Served.json(JsonMapper.shared()
                .createObjectNode()
                .put("file", file)
                .put("offset", chunk.offset())
                .put("data", chunk.data()));
    }
}
