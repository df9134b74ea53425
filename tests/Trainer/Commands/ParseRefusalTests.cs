using BcnnSim.Trainer.Commands;
using Xunit;

namespace BcnnSim.Trainer.Tests.Commands;

public class ParseRefusalTests
{
    [Theory]
    [InlineData("train --config a --run b --threads two", "--threads", "two", "must be a whole number")]
    [InlineData("train --config a --run b --threads 99999999999", "--threads", "99999999999", "must be a whole number")]
    [InlineData("train --config a --run b --threads 1 --threads 2", "--threads", "1 2", "must be given once")]
    [InlineData("train --config a", "--run", "absent", "must be given with a value")]
    [InlineData("train --config a --run", "--run", "absent", "must be given with a value")]
    [InlineData("export-frames --config a --output b --count 1.5", "--count", "1.5", "must be a whole number")]
    [InlineData("export-frames --config a --output b --split all", "--split", "all", "Must be one of")]
    [InlineData("train --config a --run b --resme", "option", "--resme", "unknown option")]
    [InlineData("train --config a --run b c", "argument", "c", "one argument too many")]
    [InlineData("trian", "argument", "trian", "unknown command")]
    public void What_the_parser_cannot_read_is_refused_in_the_form_of_every_refusal(string line, string place, string value, string rule)
    {
        InputException refused = ParseRefusals.Of(CommandTree.Root(default).Parse(line.Split(' ')));
        Violation violation = Assert.Single(refused.Violations);
        Assert.Equal(place, violation.Place);
        Assert.Equal(value, violation.Value);
        Assert.Contains(rule, violation.Rule, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_flag_that_is_missing_or_wrong_is_named_at_once() => Assert.Equal(
        ["--config", "--run", "--threads"],
        ParseRefusals.Of(CommandTree.Root(default).Parse(["train", "--threads", "x"])).Violations.Select(v => v.Place).Order(StringComparer.Ordinal));
}
