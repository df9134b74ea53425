using BcnnSim.Cli;
using BcnnSim.Kernel;
using BcnnSim.Reporting;
using Xunit;

namespace BcnnSim.Tests.Cli;

public sealed class ExitCodeTests : IClassFixture<CliBench>
{
    private readonly CliBench bench;

    public ExitCodeTests(CliBench bench) => this.bench = bench;

    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new InputException("--flag", "value", "3", "rule", "Remedy"), 2, "refused:\n  --flag: value: 3: rule. Remedy.\n" },
        { new DeadlockException(livelock: false, ["channel pe.window holds 1 of 2; pe should take from it"]), 3, "model error: deadlock:\nchannel pe.window holds 1 of 2; pe should take from it\n" },
        { new ModelException("cycle 7, component pe: overflow"), 3, "model error: cycle 7, component pe: overflow\n" },
        { new InvalidOperationException("odd"), 3, "internal error, please report it: InvalidOperationException: odd\n" },
        { new OperationCanceledException(), 130, "interrupted\n" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Every_failure_is_one_message_and_one_code(Exception failure, int code, string message)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        Session session = new(output, error, bench.Root, false, CancellationToken.None);
        Assert.Equal(code, CommandLine.Guard(() => throw failure, session));
        Assert.Equal("", output.ToString());
        Assert.Equal(message, error.ToString());
    }

    [Fact]
    public void A_mismatch_gives_1_and_an_interrupt_130()
    {
        RunReport good = bench.Report("run", "tiny", "--count", "1").Runs[0];
        Assert.Equal(0, RunJob.CodeOf([good], interrupted: false));
        Assert.Equal(1, RunJob.CodeOf([good, good with { Mismatches = 1 }], interrupted: false));
        Assert.Equal(130, RunJob.CodeOf([good with { Mismatches = 1 }], interrupted: true));
        Assert.Equal(0, RunJob.CodeOf([], interrupted: false));
    }
}
