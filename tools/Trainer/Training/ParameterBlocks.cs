using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>Parameters cut into blocks to share out: an optimizer moves every number for itself, so cuts and threads change no bit.</summary>
internal sealed class ParameterBlocks(IReadOnlyList<Parameter<float>> parameters)
{
    // Some tens of microseconds of work each.
    private const int Length = 1 << 14;

    private readonly (int Parameter, int First, int Count)[] blocks =
    [
        .. parameters.SelectMany((parameter, index) => Enumerable.Range(0, WorkSplit.Pieces(parameter.Value.Length, Length)).Select(
            block => (index, block * Length, Math.Min(Length, parameter.Value.Length - (block * Length))))),
    ];

    /// <summary>Calls <paramref name="body"/>(parameter, first number, numbers) for every block, on the threads of <paramref name="work"/>, or one.</summary>
    public void Run(WorkSplit? work, Action<int, int, int> body)
    {
        work ??= new WorkSplit(1);
        work.RunParts(blocks.Length, (part, _) => body(blocks[part].Parameter, blocks[part].First, blocks[part].Count));
    }
}
