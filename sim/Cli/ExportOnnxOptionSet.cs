using System.CommandLine;
using BcnnSim.Interchange;
using BcnnSim.Networks;

namespace BcnnSim.Cli;

/// <summary>Arguments and options of `export-onnx`, and their checked reading.</summary>
internal sealed class ExportOnnxOptionSet
{
    private readonly Argument<string?> network = new("NETWORK")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Name under models/networks, or a folder",
    };

    private readonly Option<string?> output = new("--output")
    {
        HelpName = "FILE.onnx",
        Description = "The model to write",
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(network);
        command.Options.Add(output);
    }

    public ExportOnnxRequest Read(ParseResult parsed, Session session)
    {
        Refusals refusals = new();
        InputPlaces places = new(session);
        Network? read = ReadNetwork(parsed, places, refusals);
        refusals.AddRange(read is null ? [] : OnnxRules.Check(read));
        string? file = parsed.GetValue(output);
        JsonDestination? destination = OpenOutput(file, places, session, refusals);
        if (refusals.Count > 0)
        {
            destination?.Dispose();
            refusals.ThrowIfAny();
        }

        return new ExportOnnxRequest(read!, file!, destination!);
    }

    private Network? ReadNetwork(ParseResult parsed, InputPlaces places, Refusals refusals)
    {
        string? name = parsed.GetValue(network);
        if (name is null)
        {
            refusals.Add("NETWORK", "argument", "absent", "export-onnx needs a network", "Name a network or a folder");
            return null;
        }

        if (name.StartsWith('-'))
        {
            refusals.Add(ParseViolations.Unknown(parsed.CommandResult.Command, ParseViolations.NameOf(parsed), name));
            return null;
        }

        if (places.ShapeOf(name) is string shape)
        {
            string file = places.Open(shape);
            return refusals.Try(() => ShapeFile.Read(file));
        }

        string? folder = places.NetworkFolder(name, refusals);
        return folder is null ? null : refusals.Try(() => NetworkFile.Read(folder));
    }

    private static JsonDestination? OpenOutput(string? given, InputPlaces places, Session session, Refusals refusals)
    {
        if (given is null or "-")
        {
            refusals.Add("--output", "value", given ?? "absent", "a model is written to a file", $"Name a file, for example model{OnnxFile.Extension}");
            return null;
        }

        return JsonDestination.Open(given, places.Opened, session, refusals, "--output");
    }
}
