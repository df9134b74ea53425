using System.CommandLine;
using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;

namespace BcnnSim.Cli;

/// <summary>Arguments and options of `explain`, and their checked reading.</summary>
internal sealed class ExplainOptionSet
{
    private readonly Argument<string?> network = new("NETWORK")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Name under models/networks, or a folder",
    };

    private readonly Option<string[]> shapes = CommonOptions.Shapes();
    private readonly Option<string?> inputBits = CommonOptions.InputBits();
    private readonly Option<string?> design = CommonOptions.Design();
    private readonly Option<string[]> set = CommonOptions.Set();
    private readonly Option<string?> json = CommonOptions.Json();
    private readonly Option<bool> parameters = new("--parameters")
    {
        Description = "List every design parameter with value, unit, range and meaning",
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(network);
        foreach (Option option in new Option[] { shapes, inputBits, design, set, parameters, json })
        {
            command.Options.Add(option);
        }
    }

    public ExplainRequest Read(ParseResult parsed, Session session)
    {
        Refusals refusals = new();
        InputPlaces places = new(session);
        string designFile = places.DesignFile(parsed.GetValue(design), refusals);
        AcceleratorDesign? resolved = refusals.Try(() => DesignFile.Read(designFile, parsed.GetValue(set)));
        bool list = parsed.GetValue(parameters);
        Network? read = ReadNetwork(parsed, places, refusals, list);
        AcceleratorProgram? program = read is null || resolved is null ? null : refusals.Try(() => LayerMapper.Map(read, resolved));
        JsonDestination? destination = JsonDestination.Open(parsed.GetValue(json), places.Opened, session, refusals);
        if (refusals.Count > 0)
        {
            destination?.Dispose();
            refusals.ThrowIfAny();
        }

        return new ExplainRequest(program, resolved!, list, destination);
    }

    private Network? ReadNetwork(ParseResult parsed, InputPlaces places, Refusals refusals, bool list)
    {
        string? name = parsed.GetValue(network);
        string[] shapeFiles = [.. parsed.GetValue(shapes) ?? [], .. name is not null && places.ShapeOf(name) is string shape ? [shape] : Array.Empty<string>()];
        if (name is null && shapeFiles.Length == 0 && !list)
        {
            refusals.Add("NETWORK", "argument", "absent", "explain needs a network, a shape, or --parameters", "Name a network or a folder");
        }

        if (name?.StartsWith('-') == true)
        {
            refusals.Add(ParseViolations.Unknown(parsed.CommandResult.Command, ParseViolations.NameOf(parsed), name));
            return null;
        }

        if (shapeFiles.Length + (name is null || places.ShapeOf(name) is not null ? 0 : 1) > 1)
        {
            refusals.Add("--shapes", "value", string.Join(' ', shapeFiles), "explain takes one network or shape", "Name one of them");
            return null;
        }

        if (shapeFiles.Length > 0 || parsed.GetValue(inputBits) is not null)
        {
            return new ShapeInputs(places, refusals).Read(shapeFiles, parsed.GetValue(inputBits)).FirstOrDefault().Network;
        }

        string? folder = name is null ? null : places.NetworkFolder(name, refusals);
        return folder is null ? null : refusals.Try(() => NetworkFile.Read(folder));
    }
}
