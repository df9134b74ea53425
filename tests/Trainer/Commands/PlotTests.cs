using BcnnSim.Trainer.Commands;
using Xunit;

namespace BcnnSim.Trainer.Tests.Commands;

/// <summary>Accuracy by SNR of what was evaluated, drawn again from its tables.</summary>
public sealed class PlotTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    [Fact]
    public void A_network_with_integers_is_drawn_by_these_and_a_float_network_by_its_own()
    {
        string binary = run.Copy();
        Assert.Contains(">retrain, integer<", Drawn(run.Configuration, binary, "retrain"), StringComparison.Ordinal);
        string configuration = Path.Combine(Directory.CreateDirectory(run.Free()).FullName, "training.json"), text = File.ReadAllText(run.Configuration);
        int pruning = text.IndexOf("\"pruning\": {", StringComparison.Ordinal), end = text.IndexOf("\"scratch\"", StringComparison.Ordinal);
        File.WriteAllText(configuration, (text[..pruning] + "\"pruning\": null, \"retrain\": null, " + text[end..]).Replace("\"seed\": 4", "\"seed\": 4, \"arithmetic\": \"complex-float\"", StringComparison.Ordinal));
        string real = run.Free();
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["train", "--config", configuration, "--run", real]));
        Assert.Contains(">dense, float<", Drawn(configuration, real, "dense"), StringComparison.Ordinal);
    }

    private static string Drawn(string configuration, string folder, string phase)
    {
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["evaluate", "--config", configuration, "--run", folder, "--phase", phase, "--reason", "test"]));
        using var output = new StringWriter();
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["plot", "--run", folder], output, output));
        string[] drawn = [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()["drawn: ".Length..])];
        Assert.Contains(Path.Combine(folder, "curves.svg"), drawn);
        Assert.All(drawn, path => Assert.True(File.Exists(path), path));
        return File.ReadAllText(Assert.Single(drawn, path => Path.GetFileName(path) == "accuracy-by-snr.svg"));
    }
}
