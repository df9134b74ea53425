using System.Text.Json.Nodes;
using Xunit;

namespace BcnnSim.Tests.Cli;

public sealed class ExecutableTests : IClassFixture<CliBench>
{
    private readonly CliBench bench;

    public ExecutableTests(CliBench bench) => this.bench = bench;

    [Theory]
    [InlineData("--help")]
    [InlineData("run --help")]
    [InlineData("explain --help")]
    [InlineData("compare --help")]
    public void Help_shows_an_example_and_the_exit_codes(string arguments)
    {
        CliResult result = Executable.Run(bench.Root, arguments.Split(' '));
        Assert.True(result.Code == 0, result.ToString());
        Assert.Contains("Usage:\n  bcnnsim", result.Output, StringComparison.Ordinal);
        Assert.Contains("Example:\n  bcnnsim", result.Output, StringComparison.Ordinal);
        Assert.Contains("130 interrupted", result.Output, StringComparison.Ordinal);
        Assert.Contains("--json", result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void Version_is_one_line()
    {
        CliResult result = Executable.Run(bench.Root, "--version");
        Assert.Equal(0, result.Code);
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+[^\n]*\n$", result.Output);
    }

    [Fact]
    public void The_program_prints_pure_json_and_the_same_bytes_as_in_process()
    {
        CliResult result = Executable.Run(bench.Root, "run", "tiny", "--count", "2", "--json", "-");
        Assert.True(result.Code == 0, result.ToString());
        Assert.NotNull(JsonNode.Parse(result.Output));
        Assert.Equal(bench.Run("run", "tiny", "--count", "2", "--json", "-").Output, result.Output);
    }

    [Fact]
    public void The_repository_is_found_from_a_folder_inside_it()
    {
        CliResult result = Executable.Run(bench.PathOf("models", "networks"), "explain", "tiny");
        Assert.True(result.Code == 0, result.ToString());
    }

    [Fact]
    public void Bad_input_gives_exit_code_2_and_nothing_on_standard_output()
    {
        CliResult result = Executable.Run(bench.Root, "run", "nothing", "--count", "x");
        Assert.Equal(2, result.Code);
        Assert.Equal("", result.Output);
        Assert.StartsWith("refused, 2 reasons:\n", result.Error, StringComparison.Ordinal);
    }
}
