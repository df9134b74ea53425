using System.Globalization;
using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Both stacks behind their AXI ports: switch, controllers and DRAM of the ports and pseudo-channels in use. The fixed path lies in the
/// controllers, less the steps a beat takes: one each way from port to controller, two with the switch, be it a component or the stage
/// of a <see cref="StraightWay"/>.
/// </summary>
public sealed class HbmMemory
{
    /// <summary>Ports, and pseudo-channels, of the device.</summary>
    public const int Width = 32;

    private readonly Dictionary<int, AxiLink> ports = [];
    private readonly Dictionary<int, HbmController> ofPseudoChannel = [];

    /// <param name="simulation">Simulation it belongs to.</param>
    /// <param name="clock">AXI clock.</param>
    /// <param name="design">Memory and path.</param>
    /// <param name="routes">Which port 0..31 reaches which pseudo-channel 0..31; each only its own where the switch is off.</param>
    /// <param name="image">Contents; null where only time matters.</param>
    /// <param name="straightWays">False builds the switch where nothing can contend too: the slow twin of <see cref="StraightWay"/>.</param>
    public HbmMemory(
        Simulation simulation, ClockDomain clock, AcceleratorDesign design, IReadOnlyCollection<(int Port, int PseudoChannel)> routes, HbmImage? image, bool straightWays = true)
    {
        Image = image;
        int[] reached = [.. routes.Select(r => r.PseudoChannel).Distinct().Order()];
        foreach (int port in routes.Select(r => r.Port).Distinct().Order())
        {
            ports.Add(port, new AxiLink(simulation, Name($"axi.p{port:00}")));
        }

        bool switched = design.Axi.SwitchOn;
        int path = design.Axi.FixedPathCycles + (switched ? design.Axi.SwitchPathCycles - 4 : -2);
        Dictionary<int, int> straight = switched && straightWays ? StraightWay.Of(routes) : [];
        Dictionary<int, AxiLink> memories = reached.ToDictionary(
            p => p, p => switched && !straight.ContainsKey(p) ? new AxiLink(simulation, Name($"hbm.pc{p:00}")) : ports[straight.GetValueOrDefault(p, p)]);
        Switch = switched ? Crossbar(simulation, clock, design.Axi, memories, routes, straight) : null;
        foreach (IGrouping<int, int> channel in reached.GroupBy(p => p / 2))
        {
            (int, AxiLink, int?)[] links = [.. channel.Select(p => (p, memories[p], straight.TryGetValue(p, out int port) ? port : (int?)null))];
            var controller = new HbmController(Name($"hbm.mc{channel.Key:00}"), clock, design, links, image, path);
            Controllers.Add(controller);
            foreach (int p in channel)
            {
                ofPseudoChannel.Add(p, controller);
            }
        }
    }

    /// <summary>Contents; null where only time matters.</summary>
    public HbmImage? Image { get; }

    /// <summary>Null where it is off; without a mini-switch where every way is straight.</summary>
    public AxiSwitch? Switch { get; }

    /// <summary>Controllers built, by channel.</summary>
    public List<HbmController> Controllers { get; } = [];

    /// <summary>Pseudo-channels in use, in order.</summary>
    public IEnumerable<int> PseudoChannels => ofPseudoChannel.Keys.Order();

    /// <summary>Link of a port, for its master.</summary>
    public AxiLink Port(int port) => ports[port];

    /// <summary>Controller of a pseudo-channel.</summary>
    public HbmController Controller(int pseudoChannel) => ofPseudoChannel[pseudoChannel];

    /// <summary>Counts of a pseudo-channel.</summary>
    public HbmStatistics Statistics(int pseudoChannel) => ofPseudoChannel[pseudoChannel].Statistics(pseudoChannel);

    /// <summary>Counts the refreshes of idle time up to a cycle: at the end of a run.</summary>
    public void SettleRefresh(long cycle)
    {
        foreach (HbmController controller in Controllers)
        {
            controller.SettleRefresh(cycle);
        }
    }

    /// <summary>The switch of those that do not go straight.</summary>
    private AxiSwitch Crossbar(
        Simulation simulation, ClockDomain clock, AxiDesign design, Dictionary<int, AxiLink> memories, IEnumerable<(int Port, int PseudoChannel)> routes, Dictionary<int, int> straight)
    {
        (int Port, int PseudoChannel)[] crossing = [.. routes.Where(r => !straight.ContainsKey(r.PseudoChannel))];
        HashSet<int> from = [.. crossing.Select(r => r.Port)], to = [.. crossing.Select(r => r.PseudoChannel)];
        return new AxiSwitch(simulation, clock, design, Listed(ports, from), Listed(memories, to), crossing);
    }

    private static (int, AxiLink)[] Listed(Dictionary<int, AxiLink> links, HashSet<int> used) => [.. links.Where(l => used.Contains(l.Key)).OrderBy(l => l.Key).Select(l => (l.Key, l.Value))];

    private static string Name(FormattableString name) => name.ToString(CultureInfo.InvariantCulture);
}
