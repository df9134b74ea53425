using System.CommandLine;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>Options of the commands that write a network.</summary>
/// <param name="required">Whether it must be said where to.</param>
internal sealed class ExportOptions(bool required = true)
{
    public Option<string> Output { get; } = new("--output") { Description = $"Folder of the network; its last part is the network's name{(required ? string.Empty : "; left out, none is written")}.", Required = required };

    public Option<double> Saturation { get; } = new("--saturation") { Description = "Largest share of the values of a layer that may saturate.", DefaultValueFactory = _ => SaturationCount.UsualLimit };

    public void AddTo(Command command)
    {
        command.Add(Output);
        command.Add(Saturation);
    }

    /// <summary>Folder and largest share; what is refused goes to <paramref name="refusals"/>. Without a configuration the name is not judged.</summary>
    public (string Output, double Saturation) Read(ParseResult parsed, TrainerConfiguration? configuration, Refusals refusals)
    {
        double share = parsed.GetValue(Saturation);
        refusals.Flag(share is >= 0 and <= 1, "--saturation", $"{share}", "must lie in 0..1", "0.0001 is usual");
        string place = parsed.GetRequiredValue(Output);
        if (configuration is not null)
        {
            bool runs = configuration.Kind == ArithmeticKind.ComplexBinary || (configuration.IsReal && RealEmbedding.Covers(DataSplits.Shape(configuration), configuration.RealForm));
            refusals.Flag(runs, "--config", $"arithmetic {configuration.Arithmetic}", RealEmbedding.Rule, "Train and evaluate such a network; it cannot be exported");
            refusals.Try(() => OutputPlace.CheckName("--output", place, configuration.Name));
        }

        return (place, share);
    }
}
