using System.CommandLine;

namespace BcnnSim.Cli;

/// <summary>Arguments and options of `run`.</summary>
internal sealed class RunOptionSet
{
    public Argument<string[]> Networks { get; } = new("NETWORK")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Names under models/networks, or folders; default all committed networks",
    };

    public Option<string[]> Network { get; } = new("--network")
    {
        HelpName = "NAME|FOLDER",
        Arity = ArgumentArity.OneOrMore,
        Description = "The same as the argument, repeatable",
    };

    public Option<string[]> Shapes { get; } = CommonOptions.Shapes();

    public Option<string?> InputBits { get; } = CommonOptions.InputBits();

    public Option<string?> Design { get; } = CommonOptions.Design();

    public Option<string?> Frames { get; } = new("--frames")
    {
        HelpName = "FILE",
        Description = "Frames (.bcnnframes) of the one network; default traces/frames/NAME-test.bcnnframes",
    };

    public Option<string?> Count { get; } = new("--count")
    {
        HelpName = "N",
        Description = $"Frames to run, from the first; default {RunRequestReader.DefaultFrames}, or all if the file holds fewer",
    };

    public Option<string?> FramesInFlight { get; } = new("--frames-in-flight")
    {
        HelpName = "F",
        Description = "Frames between first read and last write at once; default execution.framesInFlight of the design",
    };

    public Option<bool> Check { get; } = new("--check")
    {
        Description = "Compare every map and score of every frame with the reference executor (the default)",
    };

    public Option<bool> NoCheck { get; } = new("--no-check")
    {
        Description = "Do not compare",
    };

    public Option<string[]> Set { get; } = CommonOptions.Set();

    public Option<string?> Json { get; } = CommonOptions.Json();

    public Option<bool> Classes { get; } = new("--classes")
    {
        Description = "Print class, scores and latency of every frame",
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(Networks);
        foreach (Option option in new Option[] { Network, Shapes, InputBits, Design, Frames, Count, FramesInFlight, Check, NoCheck, Set, Json, Classes })
        {
            command.Options.Add(option);
        }
    }
}
