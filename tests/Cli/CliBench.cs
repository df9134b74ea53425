using BcnnSim.Cli;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;

namespace BcnnSim.Tests.Cli;

/// <summary>A copy of the repository's layout with one small network and its frames, and the command line run in it.</summary>
public sealed class CliBench : IDisposable
{
    public const string NetworkName = "tiny";
    public const int FrameCount = 20;
    private readonly TemporaryFolder folder = new();

    public CliBench()
    {
        Network = TinyNetwork();
        Frames = RandomNetworks.Frames(Network, FrameCount, 7);
        File.WriteAllText(folder.File("Simulator.sln"), "");
        Directory.CreateDirectory(Path.GetDirectoryName(DesignFile)!);
        File.Copy(Designs.ReferenceFile, DesignFile);
        NetworkFile.Write(Network, PathOf("models", "networks", NetworkName));
        FrameFile.Write(FramesFile, Frames);
    }

    public Network Network { get; }

    public FrameSet Frames { get; }

    /// <summary>Lanes of the reference design.</summary>
    public int Lanes
    {
        get
        {
            BcnnSim.Design.PeArrayDesign pe = Designs.Reference().PeArray;
            return pe.OutputLanes * pe.PixelLanes * pe.InputLanes;
        }
    }

    public string Root => folder.FullName;

    public string DesignFile => PathOf("models", "designs", "u280-reference.json");

    public string FramesFile => PathOf("traces", "frames", NetworkName + "-test.bcnnframes");

    public string PathOf(params string[] parts) => Path.Combine([folder.FullName, .. parts]);

    /// <summary>Runs a command line as a user in the root of that repository would, without a terminal.</summary>
    public CliResult Run(params string[] arguments) => RunUntil(CancellationToken.None, arguments);

    public CliResult RunUntil(CancellationToken cancellation, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        Session session = new(output, error, Root, Interactive: false, cancellation);
        int code = CommandLine.Run(arguments, session);
        return new CliResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line and reads the report it writes to standard output.</summary>
    public RunDocument Report(params string[] arguments) =>
        ReportFile.Parse(System.Text.Encoding.UTF8.GetBytes(Run([.. arguments, "--json", "-"]).Output), "standard output");

    public void Dispose() => folder.Dispose();

    /// <summary>The first small random network with two layers and a classifier that the reference design takes.</summary>
    private static Network TinyNetwork()
    {
        RandomNetworkOptions small = new(Layers: 3, Channels: 8, Side: 8, LaneOperations: 20_000);
        for (int seed = 1; ; seed++)
        {
            Network network = RandomNetworks.Plain(seed, small);
            if (network is { Classifier.ClassCount: > 1, Layers.Count: > 1, Input.Height: > 2 } && MappingRules.Check(network, Designs.Reference()).Count == 0)
            {
                return network with { Name = NetworkName };
            }
        }
    }
}
