namespace BcnnSim.Hardware.Axi;

/// <summary>
/// Write data through a mini-switch: they carry no address, so each output remembers whose data come next, and an input sends to one
/// output at a time (otherwise two inputs could wait for each other).
/// </summary>
internal sealed class WriteRoute
{
    private readonly Queue<(int Input, int Port)>[] order = [.. Enumerable.Range(0, SwitchPlace.Interfaces).Select(_ => new Queue<(int, int)>())];
    private readonly int[] target = new int[SwitchPlace.Interfaces];
    private readonly int[] pending = new int[SwitchPlace.Interfaces];
    private readonly int[] lastPort = [.. Enumerable.Repeat(-1, SwitchPlace.Interfaces)];

    /// <summary>Bursts whose data have not all gone through.</summary>
    public int Bursts { get; private set; }

    public bool Allows(int input, int output) => pending[input] == 0 || target[input] == output;

    public void Begin(int input, int output, int port)
    {
        order[output].Enqueue((input, port));
        target[input] = output;
        pending[input]++;
        Bursts++;
    }

    /// <summary>Input whose data an output takes next; -1 if none.</summary>
    public int Input(int output) => order[output].Count == 0 ? -1 : order[output].Peek().Input;

    /// <summary>Whether a lateral link loses this cycle because another port begins to write: one dead cycle per change.</summary>
    public bool TurnsOver(int output)
    {
        int port = order[output].Peek().Port;
        bool turns = output >= SwitchPlace.Width && lastPort[output] >= 0 && lastPort[output] != port;
        lastPort[output] = port;
        return turns;
    }

    public void End(int output)
    {
        pending[order[output].Dequeue().Input]--;
        Bursts--;
    }
}
