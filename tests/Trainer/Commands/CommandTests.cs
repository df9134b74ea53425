using BcnnSim.Trainer.Commands;
using Xunit;

namespace BcnnSim.Trainer.Tests.Commands;

public class CommandTests
{
    [Theory]
    [InlineData("45m", 2700)]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5400)]
    [InlineData("2h", 7200)]
    public void Budgets_are_read(string text, int seconds) => Assert.Equal(seconds, Budget.Duration(text).TotalSeconds);

    [Theory]
    [InlineData("")]
    [InlineData("45")]
    [InlineData("-5m")]
    [InlineData("5m1h")]
    [InlineData("1.5h")]
    [InlineData("99999h")]
    public void Other_budgets_are_refused(string text) => Assert.Throws<InputException>(() => Budget.Duration(text));

    [Theory]
    [InlineData("train")]
    [InlineData("trian", "--config", "x.json")]
    [InlineData("train", "--config", "missing.json", "--run", "unused")]
    [InlineData("train", "--config", "Training/smoke.json", "--run", "unused", "--threads", "0")]
    [InlineData("train", "--config", "Training/smoke.json", "--run", "unused", "--budget", "soon")]
    [InlineData("evaluate", "--config", "Training/smoke.json", "--run", "unused")]
    [InlineData("export-frames", "--config", "Training/smoke.json", "--output", "unused", "--split", "all")]
    [InlineData("export-frames", "--config", "Training/smoke.json", "--output", "unused", "--count", "0")]
    public void Bad_input_ends_with_code_2(params string[] arguments) =>
        Assert.Equal(2, CommandTree.Run([.. arguments.Select(a => a == "Training/smoke.json" ? Path.Combine(AppContext.BaseDirectory, a) : a)]));

    /// <summary>Threads fail together where frames are loaded.</summary>
    [Fact]
    public void Of_several_failures_the_one_that_the_user_can_mend_is_told()
    {
        var input = new InputException("file", "place", "value", "rule", "remedy");
        var memory = new OutOfMemoryException();
        Assert.Same(input, CommandTree.Cause(new AggregateException(new AggregateException(new IOException(), memory), input)));
        Assert.Same(input, CommandTree.Cause(new AggregateException(input, input)));
        Assert.Same(memory, CommandTree.Cause(new AggregateException(new IOException(), memory)));
        Assert.Same(input, CommandTree.Cause(new InvalidOperationException("wrapped", input)));
        Assert.Same(memory, CommandTree.Cause(memory));
    }

    /// <summary>A command that has nothing to save ends as any program does.</summary>
    [Fact]
    public void A_polite_kill_ends_a_measurement() =>
        Assert.Equal(128 + 15, Shell.Run($"{Shell.Bcnntrain("bench")} > /dev/null & sleep 1; kill -TERM $!; wait $!").Code);

    /// <summary>One that trains saves first, and says so; Ctrl-C is the other polite signal.</summary>
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public void A_polite_kill_of_a_training_says_how_it_goes_on(string signal)
    {
        string folder = Directory.CreateTempSubdirectory("bcnntrain-stop-").FullName;
        string smoke = Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json");
        (int code, string said) = Shell.Run($"""
            set -m # a job of a script without job control ignores Ctrl-C
            cd '{folder}' && sed 's/"epochs": 3/"epochs": 1000/' '{smoke}' > long.json
            {Shell.Bcnntrain("train --config long.json --run run")} > /dev/null &
            until [ -f run/configuration.json ] || ! kill -0 $!; do sleep 0.1; done
            kill -{signal} $!; wait $!
            """);
        Assert.Equal(ExitCodes.Interrupted, code);
        Assert.Contains("interrupted: every step so far is saved in --run; train --resume goes on", said, StringComparison.Ordinal);
        Directory.Delete(folder, true);
    }

    /// <summary>Killed behind its first epoch without a chance to save, a run goes on to the bits of one that nothing stopped.</summary>
    [Fact]
    public void A_killed_training_resumes_to_the_bit()
    {
        string folder = Directory.CreateTempSubdirectory("bcnntrain-kill-").FullName;
        string smoke = Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json");
        (int code, string said) = Shell.Run($"""
            set -e
            cd '{folder}' && sed 's/"epochs": 3/"epochs": 10/; s/"train": 4000/"train": 800/' '{smoke}' > short.json
            {Shell.Bcnntrain("train --config short.json --run whole")} > /dev/null
            {Shell.Bcnntrain("train --config short.json --run killed")} > /dev/null &
            until [ -f killed/dense.ckpt ] || ! kill -0 $!; do sleep 0.01; done
            kill -KILL $!
            wait $! || [ $? = 137 ]
            if cmp -s whole/dense.ckpt killed/dense.ckpt; then echo nothing was cut off; exit 1; fi
            {Shell.Bcnntrain("train --config short.json --run killed --resume")} > /dev/null
            cmp whole/dense.ckpt killed/dense.ckpt && cmp whole/dense.best.ckpt killed/dense.best.ckpt
            """);
        Assert.True(code == 0, said);
        Directory.Delete(folder, true);
    }

    [Fact]
    public void Help_ends_with_code_0() => Assert.Equal(0, CommandTree.Run(["--help"]));
}
