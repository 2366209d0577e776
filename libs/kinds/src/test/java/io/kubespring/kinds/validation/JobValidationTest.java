package io.kubespring.kinds.validation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is wrong with Jobs and CronJobs, in upstream's words. */
class JobValidationTest {

    private static final String TEMPLATE =
            "'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':'b'}],'initContainers':[{'name':'i','image':'b'}]}";
    private static final String SPEC = "'selector':{'matchLabels':{'batch.kubernetes.io/controller-uid':'u'}},"
            + "'template':{'metadata':{'labels':{'controller-uid':'u','job-name':'a','batch.kubernetes.io/controller-uid':'u',"
            + "'batch.kubernetes.io/job-name':'a'}}," + TEMPLATE + "}";
    private static final String METADATA = "'metadata':{'name':'a','uid':'u'}";

    private final RefusalTable jobs = table("");
    private final RefusalTable indexed = table("'completionMode':'Indexed','completions':5,'parallelism':5,");
    private final RefusalTable failing =
            table("'completionMode':'Indexed','completions':5,'parallelism':5,'podReplacementPolicy':'Failed',");
    private final RefusalTable cronJobs = new RefusalTable(
            "batch/v1",
            "CronJob",
            "{'spec':{'schedule':'*/5 * * * *','jobTemplate':{'spec':{'template':{" + TEMPLATE + "}}}}}");

    private static RefusalTable table(String spec) {
        return new RefusalTable("batch/v1", "Job", "{" + METADATA + ",'spec':{" + spec + SPEC + "}}");
    }

    @TestFactory
    Stream<DynamicTest> jobs() {
        return jobs.create("""
            /spec/parallelism = -1 => spec.parallelism: Invalid value: -1: must be greater than or equal to 0
            /spec/ttlSecondsAfterFinished = -1 => spec.ttlSecondsAfterFinished: Invalid value: -1: must be greater than or equal to 0
            /spec/backoffLimit = -1 => spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0
            /spec/completionMode = "Some" => spec.completionMode: Unsupported value: "Some": supported values: "NonIndexed", "Indexed"
            /spec/backoffLimitPerIndex = 1 && /spec/maxFailedIndexes = 1 =>
                spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode |
                spec.maxFailedIndexes: Invalid value: 1: requires indexed completion mode
            /spec/managedBy = "me" => spec.managedBy: Invalid value: "me": must be a domain-prefixed path (such as "acme.io/foo")
            /spec/managedBy = "example.com/me" => fine
            /spec/template/spec/restartPolicy = "Always" =>
                spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"
            /spec/podReplacementPolicy = "x" =>
                spec.podReplacementPolicy: Unsupported value: "x": supported values: "Failed", "TerminatingOrFailed"
            /spec/successPolicy = {"rules":[{"succeededCount":1}]} =>
                spec.successPolicy: Invalid value: {"rules":[{"succeededCount":1}]}: requires indexed completion mode
            # The selector is the server's to make.
            /spec/template/metadata/labels/job-name = "b" => spec.template.metadata.labels[job-name]: Invalid value:
                {"controller-uid":"u","job-name":"b","batch.kubernetes.io/controller-uid":"u","batch.kubernetes.io/job-name":"a"}:
                must be 'a'
            /spec/selector/matchLabels = {"a":"b"} =>
                spec.selector: Invalid value: {"matchLabels":{"a":"b"}}: `selector` not auto-generated |
                spec.template.metadata.labels: Invalid value: $LABELS: `selector` does not match template `labels`
            /spec/manualSelector = true && /spec/selector = {"matchLabels":{"job-name":"a"}} => fine
            """.replace(
                        "$LABELS",
                        "{\"controller-uid\":\"u\",\"job-name\":\"a\",\"batch.kubernetes.io/controller-uid\":\"u\","
                                + "\"batch.kubernetes.io/job-name\":\"a\"}"));
    }

    @TestFactory
    Stream<DynamicTest> indexedJobs() {
        return indexed.create("""
            /spec/backoffLimitPerIndex = 1 && /spec/maxFailedIndexes = 2 => fine
            /spec/completions = null => spec.completions: Required value: when completion mode is Indexed
            /spec/parallelism = 100001 => spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion mode is Indexed
            /spec/maxFailedIndexes = 2 => spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified
            /spec/backoffLimitPerIndex = 1 && /spec/maxFailedIndexes = 6 =>
                spec.maxFailedIndexes: Invalid value: 6: must be less than or equal to completions
            /spec/backoffLimitPerIndex = 1 && /spec/completions = 100001 && /spec/parallelism = 10001 =>
                spec.maxFailedIndexes: Required value: must be specified when completions is above 100000 |
                spec.parallelism: Invalid value: 10001: must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index
            /metadata/name = "job-with-a-name-of-sixty-two-characters-which-is-one-too-many1" &&
                /spec/template/metadata/labels/job-name = "job-with-a-name-of-sixty-two-characters-which-is-one-too-many1" &&
                /spec/template/metadata/labels/batch.kubernetes.io~1job-name = "job-with-a-name-of-sixty-two-characters-which-is-one-too-many1"
                => metadata.name: Invalid value: "job-with-a-name-of-sixty-two-characters-which-is-one-too-many1":
                will not able to create pod with invalid DNS label: job-with-a-name-of-sixty-two-characters-which-is-one-too-many1-4
            """);
    }

    @TestFactory
    Stream<DynamicTest> podFailurePolicies() {
        return failing.create("""
            /spec/podFailurePolicy = {"rules":[{"action":"Count","onPodConditions":[{"type":"DisruptionTarget"}]}]} => fine
            /spec/podFailurePolicy = {"rules":[]} && /spec/template/spec/restartPolicy = "OnFailure" =>
                spec.template.spec.restartPolicy: Invalid value: "OnFailure": only "Never" is supported when podFailurePolicy is specified
            /spec/podFailurePolicy = {"rules":[]} && /spec/podReplacementPolicy = "TerminatingOrFailed" =>
                spec.podReplacementPolicy: Unsupported value: "TerminatingOrFailed": supported values: "Failed"
            /spec/podFailurePolicy = {"rules":[{"onExitCodes":{"operator":"In","values":[1]}}]} =>
                spec.podFailurePolicy.rules[0].action: Required value: valid values: ["Count" "FailIndex" "FailJob" "Ignore"]
            /spec/podFailurePolicy = {"rules":[{"action":"FailIndex","onExitCodes":{"operator":"In","values":[1]}}]} =>
                spec.podFailurePolicy.rules[0].action: Invalid value: "FailIndex": requires the backoffLimitPerIndex to be set
            /spec/podFailurePolicy = {"rules":[{"action":"FailJob"}]} =>
                spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required
            /spec/podFailurePolicy = {"rules":[{"action":"Ignore","onExitCodes":{"operator":"In","values":[1]},"onPodConditions":[{"type":"x"}]}]} =>
                spec.podFailurePolicy.rules[0]: Invalid value: specifying both OnExitCodes and OnPodConditions is not supported
            /spec/podFailurePolicy = {"rules":[{"action":"Ignore","onExitCodes":{"operator":"Is","containerName":"z","values":[2,1,1]}}]} =>
                spec.podFailurePolicy.rules[0].onExitCodes.operator: Unsupported value: "Is": supported values: "In", "NotIn" |
                spec.podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value: "z": must be one of the container or initContainer names in the pod template |
                spec.podFailurePolicy.rules[0].onExitCodes.values[2]: Duplicate value: 1 |
                spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [2,1,1]: must be ordered
            /spec/podFailurePolicy = {"rules":[{"action":"Ignore","onExitCodes":{"operator":"In","containerName":"i","values":[0]}}]} =>
                spec.podFailurePolicy.rules[0].onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator
            /spec/podFailurePolicy = {"rules":[{"action":"Ignore","onPodConditions":[{"type":"x","status":"Maybe"}]}]} =>
                spec.podFailurePolicy.rules[0].onPodConditions[0].status: Unsupported value: "Maybe": supported values: "False", "True", "Unknown"
            """);
    }

    @TestFactory
    Stream<DynamicTest> successPolicies() {
        return indexed.create("""
            /spec/successPolicy = {"rules":[{"succeededIndexes":"0,2-3","succeededCount":3}]} => fine
            /spec/successPolicy = {"rules":[]} =>
                spec.successPolicy.rules: Required value: at least one rules must be specified when the successPolicy is specified
            /spec/successPolicy = {"rules":[{}]} =>
                spec.successPolicy.rules[0]: Required value: at least one of succeededCount or succeededIndexes must be specified
            /spec/successPolicy = {"rules":[{"succeededCount":6}]} => spec.successPolicy.rules[0].succeededCount:
                Invalid value: 6: must be less than or equal to 5 (the number of specified completions)
            /spec/successPolicy = {"rules":[{"succeededIndexes":"1-2","succeededCount":3}]} => spec.successPolicy.rules[0].succeededCount:
                Invalid value: 3: must be less than or equal to 2 (the number of indexes in the specified succeededIndexes field)
            /spec/successPolicy = {"rules":[{"succeededIndexes":"5"}]} => spec.successPolicy.rules[0].succeededIndexes:
                Invalid value: "5": error parsing succeededIndexes: too large index: "5"
            /spec/successPolicy = {"rules":[{"succeededIndexes":"3,1"}]} => spec.successPolicy.rules[0].succeededIndexes:
                Invalid value: "3,1": error parsing succeededIndexes: non-increasing order, previous: 3, current: 1
            /spec/successPolicy = {"rules":[{"succeededIndexes":"1-2-3"}]} => spec.successPolicy.rules[0].succeededIndexes:
                Invalid value: "1-2-3": error parsing succeededIndexes: the fragment "1-2-3" violates the requirement that an
                index interval can have at most two parts separated by '-'
            /spec/successPolicy = {"rules":[{"succeededIndexes":"x"}]} => spec.successPolicy.rules[0].succeededIndexes:
                Invalid value: "x": error parsing succeededIndexes: cannot convert string to integer for index: "x"
            """);
    }

    @TestFactory
    Stream<DynamicTest> whatAJobIsNeverChanges() {
        return Stream.concat(jobs.update("""
            /spec/parallelism = 3 && /spec/suspend = true => fine
            /spec/completions = 3 => spec.completions: Invalid value: 3: field is immutable
            /spec/managedBy = "example.com/me" => spec.managedBy: Invalid value: "example.com/me": field is immutable
            """), indexed.update("""
                /spec/completions = 3 && /spec/parallelism = 3 => fine
                /spec/completions = 3 => spec.completions: Invalid value: 3: can only be modified in tandem with spec.parallelism
                /spec/backoffLimitPerIndex = 1 => spec.backoffLimitPerIndex: Invalid value: 1: field is immutable
                /spec/successPolicy = {"rules":[{"succeededCount":1}]} =>
                    spec.successPolicy: Invalid value: {"rules":[{"succeededCount":1}]}: field is immutable
                """));
    }

    @TestFactory
    Stream<DynamicTest> cronJobs() {
        return cronJobs.create("""
            /metadata/name = "a-name-of-fifty-three-characters-is-too-long-for-jobs" =>
                metadata.name: Invalid value: "a-name-of-fifty-three-characters-is-too-long-for-jobs": must be no more than 52 characters
            /spec/startingDeadlineSeconds = -1 => spec.startingDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0
            /spec/successfulJobsHistoryLimit = -1 => spec.successfulJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0
            /spec/concurrencyPolicy = "x" => spec.concurrencyPolicy: Unsupported value: "x": supported values: "Allow", "Forbid", "Replace"
            /spec/jobTemplate = null => spec.jobTemplate.spec.template.spec.containers: Required value |
                spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"
            /spec/jobTemplate/spec/selector = {"matchLabels":{"a":"b"}} =>
                spec.jobTemplate.spec.selector: Invalid value: {"matchLabels":{"a":"b"}}: `selector` will be auto-generated
            /spec/jobTemplate/spec/manualSelector = true =>
                spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "nil", "false"
            """);
    }

    @TestFactory
    Stream<DynamicTest> schedules() {
        return cronJobs.create("""
            /spec/schedule = "0 0 1-15/2 jan,MAR * " => fine
            /spec/schedule = "@every 1h30m" => fine
            /spec/schedule = "@hourly" => fine
            /spec/schedule = "" => spec.schedule: Required value
            /spec/schedule = "* * *" => spec.schedule: Invalid value: "* * *": expected exactly 5 fields, found 3: [* * *]
            /spec/schedule = "60 * * * *" => spec.schedule: Invalid value: "60 * * * *": end of range (60) above maximum (59): 60
            /spec/schedule = "* * 0 * *" => spec.schedule: Invalid value: "* * 0 * *": beginning of range (0) below minimum (1): 0
            /spec/schedule = "5-1 * * * *" => spec.schedule: Invalid value: "5-1 * * * *": beginning of range (5) beyond end of range (1): 5-1
            /spec/schedule = "*/0 * * * *" => spec.schedule: Invalid value: "*/0 * * * *": step of range should be a positive number: */0
            /spec/schedule = "1-2-3 * * * *" => spec.schedule: Invalid value: "1-2-3 * * * *": too many hyphens: 1-2-3
            /spec/schedule = "1/2/3 * * * *" => spec.schedule: Invalid value: "1/2/3 * * * *": too many slashes: 1/2/3
            /spec/schedule = "x * * * *" => spec.schedule: Invalid value: "x * * * *": failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax
            /spec/schedule = "@sometimes" => spec.schedule: Invalid value: "@sometimes": unrecognized descriptor: @sometimes
            /spec/schedule = "TZ=UTC * * * * *" =>
                spec.schedule: Invalid value: "TZ=UTC * * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead
            /spec/timeZone = "Europe/Berlin" => fine
            /spec/timeZone = "" => spec.timeZone: Invalid value: "": timeZone must be nil or non-empty string
            /spec/timeZone = "Mars/Olympus" => spec.timeZone: Invalid value: "Mars/Olympus": unknown time zone Mars/Olympus
            /spec/timeZone = "UTC+2" => spec.timeZone: Invalid value: "UTC+2": unknown time zone UTC+2
            /spec/timeZone = "../zone" => spec.timeZone: Invalid value: "../zone": unknown time zone ../zone
            /spec/timeZone = "Local" =>
                spec.timeZone: Invalid value: "Local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones
            """);
    }

    @TestFactory
    Stream<DynamicTest> anOldCronJobKeepsTheZoneInItsSchedule() {
        RefusalTable old = new RefusalTable(
                "batch/v1",
                "CronJob",
                "{'metadata':{'name':'a-name-of-fifty-three-characters-is-too-long-for-jobs'},'spec':{'timeZone':'Old/Zone','schedule':'TZ=UTC"
                        + " * * * * *','jobTemplate':{'spec':{'template':{" + TEMPLATE + "}}}}}");
        return old.update("""
            /spec/timeZone = null => fine
            /spec/suspend = true =>
                spec.schedule: Invalid value: "TZ=UTC * * * * *": cannot use both timeZone field and TZ or CRON_TZ in schedule
            /spec/schedule = "@daily" => fine
            """);
    }
}
