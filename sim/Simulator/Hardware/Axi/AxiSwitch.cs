using System.Globalization;
using BcnnSim.Design;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Axi;

/// <summary>
/// The mini-switches of the ports and pseudo-channels in use and those between them, with the lateral links that some port needs to
/// reach a pseudo-channel of its; what nothing can reach is not built.
/// </summary>
public sealed class AxiSwitch
{
    private readonly Simulation simulation;
    private readonly ClockDomain clock;
    private readonly AxiDesign design;
    private readonly AxiLink?[][] inputs;
    private readonly AxiLink?[][] outputs;

    /// <param name="simulation">Simulation it belongs to.</param>
    /// <param name="clock">AXI clock.</param>
    /// <param name="design">Latencies.</param>
    /// <param name="ports">Port 0..31 and its link.</param>
    /// <param name="memories">Pseudo-channel 0..31 and the link to its controller.</param>
    /// <param name="routes">Which port reaches which pseudo-channel.</param>
    public AxiSwitch(
        Simulation simulation,
        ClockDomain clock,
        AxiDesign design,
        IReadOnlyList<(int Index, AxiLink Link)> ports,
        IReadOnlyList<(int Index, AxiLink Link)> memories,
        IReadOnlyCollection<(int Port, int PseudoChannel)> routes)
    {
        this.simulation = simulation;
        this.clock = clock;
        this.design = design;
        inputs = [.. Enumerable.Range(0, SwitchPlace.Switches).Select(_ => new AxiLink?[SwitchPlace.Interfaces])];
        outputs = [.. Enumerable.Range(0, SwitchPlace.Switches).Select(_ => new AxiLink?[SwitchPlace.Interfaces])];
        Place(inputs, ports);
        Place(outputs, memories);
        foreach ((int port, int pseudoChannel) in routes)
        {
            Join(port, pseudoChannel);
        }

        IEnumerable<int> used = Enumerable.Range(0, SwitchPlace.Switches).Where(s => inputs[s].Concat(outputs[s]).Any(l => l is not null));
        Switches = [.. used.Select(s => new MiniSwitch(Name($"axi.switch{s}"), clock, s, inputs[s], outputs[s]))];
    }

    /// <summary>Mini-switches built, from left to right.</summary>
    public IReadOnlyList<MiniSwitch> Switches { get; }

    private static void Place(AxiLink?[][] sides, IReadOnlyList<(int Index, AxiLink Link)> links)
    {
        foreach ((int index, AxiLink link) in links)
        {
            sides[index / SwitchPlace.Width][index % SwitchPlace.Width] = link;
        }
    }

    private static string Name(FormattableString name) => name.ToString(CultureInfo.InvariantCulture);

    /// <summary>The lateral links from a port's mini-switch to that of a pseudo-channel, step by step.</summary>
    private void Join(int port, int pseudoChannel)
    {
        int to = pseudoChannel / SwitchPlace.Width;
        int link = port % SwitchPlace.Width / 2;
        int step = Math.Sign(to - (port / SwitchPlace.Width));
        for (int at = port / SwitchPlace.Width; at != to; at += step)
        {
            int near = step > 0 ? SwitchPlace.Right(link) : SwitchPlace.Left(link);
            int far = step > 0 ? SwitchPlace.Left(link) : SwitchPlace.Right(link);
            if (outputs[at][near] is null)
            {
                bool stacks = Math.Max(at, at + step) == SwitchPlace.SecondStack;
                (outputs[at][near], inputs[at + step][far]) = Lateral($"axi.lateral{at}-{at + step}.{link}", (stacks ? design.StackBoundaryCycles : design.BoundaryCycles) / 2);
            }
        }
    }

    /// <summary>Near and far end of a link that takes <paramref name="cycles"/> each way, one of them in a channel.</summary>
    private (AxiLink Near, AxiLink Far) Lateral(FormattableString name, int cycles)
    {
        var near = new AxiLink(simulation, Name(name));
        if (cycles == 1)
        {
            return (near, near);
        }

        var far = new AxiLink(simulation, $"{Name(name)}.far");
        _ = new LinkDelay($"{Name(name)}.stages", clock, near, far, cycles - 2);
        return (near, far);
    }
}
