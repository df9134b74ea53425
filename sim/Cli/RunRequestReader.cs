using System.CommandLine;
using System.Globalization;
using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>Reads every flag and file of a `run` and refuses all that is wrong with them together, before anything runs.</summary>
internal sealed class RunRequestReader(RunOptionSet options, ParseResult parsed, Session session)
{
    /// <summary>Frames of a run without --count.</summary>
    public const int DefaultFrames = 512;

    /// <summary>Frames beyond those in flight that the interval needs.</summary>
    public const int FramesForInterval = 17;

    private readonly Refusals refusals = new();
    private readonly InputPlaces places = new(session);

    public RunRequest Read()
    {
        IReadOnlyList<string> names = Names();
        string[] overrides = Overrides();
        string designFile = places.DesignFile(parsed.GetValue(options.Design), refusals);
        AcceleratorDesign? design = refusals.Try(() => DesignFile.Read(designFile, overrides));
        refusals.AddRange(design is null ? [] : BoardRules.Check(design, places.Display(designFile)));
        int? count = parsed.GetValue(options.Count) is string text ? refusals.Integer("--count", text, 1, int.MaxValue) : null;
        bool check = Check();
        List<string> shapeFiles = [.. parsed.GetValue(options.Shapes) ?? [], .. names.Select(places.ShapeOf).OfType<string>()];
        names = [.. names.Where(n => places.ShapeOf(n) is null)];
        List<NetworkRequest> networks = [.. names.Select(n => ReadNetwork(n, names.Count, count, design)).OfType<NetworkRequest>(), .. ReadShapes(shapeFiles, count, design)];
        List<Claim> claims = [.. places.Claims().Select(f => refusals.Try(() => ClaimFile.Read(f))).OfType<Claim>()];
        JsonDestination? json = JsonDestination.Open(parsed.GetValue(options.Json), places.Opened, session, refusals);
        if (refusals.Count > 0)
        {
            json?.Dispose();
            refusals.ThrowIfAny();
        }

        string shown = places.Display(designFile);
        bool classes = parsed.GetValue(options.Classes);
        return new RunRequest(design!, shown, overrides, networks, claims, check, classes, json, CommandText(names, shown, networks, overrides, check, classes));
    }

    /// <summary>Networks asked for; all committed ones if none is.</summary>
    private List<string> Names()
    {
        List<string> names = [];
        foreach (string name in parsed.GetValue(options.Networks)!.Concat(parsed.GetValue(options.Network) ?? []))
        {
            if (name.StartsWith('-'))
            {
                refusals.Add(ParseViolations.Unknown(parsed.CommandResult.Command, ParseViolations.NameOf(parsed), name));
            }
            else if (names.Contains(name, StringComparer.Ordinal))
            {
                refusals.Add("NETWORK", "argument", name, "the network is named twice", "Name it once");
            }
            else
            {
                names.Add(name);
            }
        }

        if (names.Count == 0 && refusals.Count == 0 && parsed.GetValue(options.Shapes) is null or [])
        {
            names.AddRange(places.CommittedNetworks(refusals));
        }

        return names;
    }

    private string[] Overrides()
    {
        string[] overrides = parsed.GetValue(options.Set) ?? [];
        return parsed.GetValue(options.FramesInFlight) is string text && refusals.Integer("--frames-in-flight", text, 1, 64) is int frames
            ? [.. overrides, string.Create(CultureInfo.InvariantCulture, $"execution.framesInFlight={frames}")]
            : overrides;
    }

    private bool Check()
    {
        bool no = parsed.GetValue(options.NoCheck);
        if (no && parsed.GetValue(options.Check))
        {
            refusals.Add("--no-check", "option", "with --check", "the two contradict each other", "Give one of them");
        }

        return !no;
    }

    private NetworkRequest? ReadNetwork(string name, int networks, int? count, AcceleratorDesign? design)
    {
        string? folder = places.NetworkFolder(name, refusals);
        Network? network = folder is null ? null : refusals.Try(() => NetworkFile.Read(folder));
        string? file = FramesFile(name, networks);
        using FrameReader? reader = file is null ? null : refusals.Try(() => FrameFile.Open(file));
        if (network is not null && design is not null)
        {
            refusals.AddRange(MappingRules.Check(network, design));
        }

        if (network is null || reader is null)
        {
            return null;
        }

        string shown = places.Display(file!);
        int before = refusals.Count;
        FrameRules.Check(reader, shown, network, count, refusals);
        return refusals.Count > before ? null : new NetworkRequest(network, Load(reader, count ?? Math.Min(DefaultFrames, reader.Count)), shown, reader.Count);
    }

    /// <summary>Shapes run frames of a fixed pattern: without --count just enough for the interval.</summary>
    private IEnumerable<NetworkRequest> ReadShapes(IReadOnlyList<string> files, int? count, AcceleratorDesign? design)
    {
        List<(Network Network, string File)> shapes = new ShapeInputs(places, refusals).Read(files, parsed.GetValue(options.InputBits));
        if (files.Count > 0 && parsed.GetValue(options.Check))
        {
            refusals.Add("--check", "option", "with a shape", "a shape is timing only: there are no trained values to check", "Remove it");
        }

        if (files.Count > 0 && parsed.GetValue(options.Frames) is string frames)
        {
            refusals.Add("--frames", "value", frames, "a shape is timing only: its frames are a fixed pattern", "Remove it");
        }

        if (design is not null)
        {
            refusals.AddRange(shapes.SelectMany(s => MappingRules.Check(s.Network, design)));
        }

        int frameCount = count ?? ((design?.Execution.FramesInFlight * design?.Execution.Replicas ?? 0) + FramesForInterval);
        return shapes.Select(s => new NetworkRequest(s.Network, PatternFrames.Of(s.Network.Input, frameCount), s.File, frameCount));
    }

    private string? FramesFile(string name, int networks)
    {
        if (parsed.GetValue(options.Frames) is not string given)
        {
            return places.TestFrames(name, refusals);
        }

        if (networks == 1)
        {
            return places.Open(given);
        }

        refusals.Add("--frames", "value", given, "one file of frames belongs to one network", "Run the networks one by one");
        return null;
    }

    private static FrameSet Load(FrameReader reader, int count)
    {
        List<Frame> frames = new(count);
        for (int i = 0; i < count; i++)
        {
            frames.Add(reader[i]);
        }

        return new FrameSet(reader.Shape, frames);
    }

    /// <summary>The command that makes this report again, without the destination of its JSON.</summary>
    private string CommandText(
        IReadOnlyList<string> names, string designFile, IReadOnlyList<NetworkRequest> networks, string[] overrides, bool check, bool classes)
    {
        NetworkRequest first = networks[0];
        List<string> words = [BcnnSimCommand.Name, "run", .. names.Select(n => n.Contains('/', StringComparison.Ordinal) ? places.Display(session.FullPath(n)) : n), "--design", designFile];
        words.AddRange(networks.Where(n => n.Network.TimingOnly).SelectMany(n => new[] { "--shapes", n.FramesFile }));
        words.AddRange(parsed.GetValue(options.InputBits) is string bits ? ["--input-bits", bits] : Array.Empty<string>());
        if (names.Count == 1 && networks.Count == 1)
        {
            words.AddRange(["--frames", first.FramesFile]);
        }

        words.AddRange(["--count", first.Frames.Frames.Count.ToString(CultureInfo.InvariantCulture)]);
        words.AddRange(overrides.SelectMany(o => new[] { "--set", o }));
        words.AddRange([names.Count == 0 ? "" : check ? "--check" : "--no-check", .. classes ? ["--classes"] : Array.Empty<string>()]);
        return string.Join(' ', words.Where(w => w.Length > 0));
    }
}
