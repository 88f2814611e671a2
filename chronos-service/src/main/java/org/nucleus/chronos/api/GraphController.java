package org.nucleus.chronos.api;

import org.nucleus.chronos.leader.Leadership;
import org.nucleus.chronos.view.JobGraphText;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The graph of jobs, for drawing. Only as text: who accepts JSON alone gets 406, as from the original. */
@RestController
@RequestMapping({"/v1/scheduler/graph", "/scheduler/graph"})
class GraphController {
    private final Served served;

    GraphController(Leadership leadership) {
        this.served = new Served(leadership);
    }

    @GetMapping(path = "/dot", produces = MediaType.TEXT_PLAIN_VALUE)
    String dot() {
        return JobGraphText.dot(served.view());
    }

    @GetMapping(path = "/csv", produces = MediaType.TEXT_PLAIN_VALUE)
    String csv() {
        return JobGraphText.csv(served.view());
    }
}
