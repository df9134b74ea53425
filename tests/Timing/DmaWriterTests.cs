using BcnnSim.Design;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Hardware.Dma;
using BcnnSim.Kernel;
using BcnnSim.Tests.Contracts;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Timing;

public sealed class DmaWriterTests
{
    /// <summary>Results of one beat, of several bursts, of more bursts than may be outstanding: all arrive and each is reported once.</summary>
    [Theory]
    [InlineData(3, 16, 4)]
    [InlineData(10, 1, 1)]
    [InlineData(1000, 16, 1)]
    [InlineData(1000, 16, 4)]
    [InlineData(130, 3, 2)]
    public void Results_of_any_number_of_bursts_are_written_and_reported(int classes, int maxBurstBeats, int outstanding)
    {
        Store store = new(classes, maxBurstBeats, outstanding, new SimulationOptions());
        store.Rig.Simulation.Run();
        Assert.Equal(Store.Results, store.Done.Taken.Count);
        for (int i = 0; i < Store.Results; i++)
        {
            byte[] bytes = new byte[8 * (1 + classes)];
            store.Rig.Image.Read(Store.Address(i), bytes);
            Assert.Equal(i % classes, BitConverter.ToInt64(bytes, 0));
            Assert.Equal(Store.Scores(i, classes), Enumerable.Range(1, classes).Select(k => BitConverter.ToInt64(bytes, 8 * k)));
        }
    }

    /// <summary>No result is reported before the response of its last burst has been taken.</summary>
    [Fact]
    public void A_result_is_reported_in_the_cycle_that_takes_its_last_response()
    {
        Store store = new(100, 16, 2, new SimulationOptions());
        CommitTimes responses = new();
        CommitTimes done = new();
        store.Rig.Port.WriteResponse.Attach(responses);
        store.DoneChannel.Attach(done);
        store.Rig.Simulation.Run();

        // 101 words of 8 bytes are 26 beats: two bursts a result.
        Assert.Equal(2 * Store.Results, responses.Pops.Count);
        Assert.Equal(responses.Pops.Where((_, i) => i % 2 == 1), done.Pushes);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(16, 2)]
    public void The_contract_holds_while_responses_meet_writing(int maxBurstBeats, int outstanding)
    {
        List<string> violations = ContractCheck.Violations(options =>
        {
            Store store = new(200, maxBurstBeats, outstanding, options);
            return new ContractSubject(store.Rig.Simulation, () => $"{store.Done.Taken.Count}");
        });
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    private sealed class Store
    {
        public const int Results = 4;

        public Store(int classes, int maxBurstBeats, int outstanding, SimulationOptions options)
        {
            AcceleratorDesign d = Designs.Reference();
            d = d with { Dma = d.Dma with { MaxBurstBeats = maxBurstBeats, OutstandingWrites = outstanding } };
            Rig = new DmaRig(d, options);
            Channel<StoreCommand> commands = Rig.Channel<StoreCommand>("commands");
            Channel<ScoreBeat> scores = Rig.Channel<ScoreBeat>("scores");
            DoneChannel = Rig.Channel<Completion>("done");
            _ = new ListSource<StoreCommand>("commandSource", Rig.Array, commands, Enumerable.Range(0, Results).Select(i => new StoreCommand(Address(i))));
            _ = new ListSource<ScoreBeat>("scoreSource", Rig.Array, scores, Enumerable.Range(0, Results).Select(i => new ScoreBeat(i % classes, Scores(i, classes))));
            _ = new DmaWriter("dma", Rig.Array, d.Dma, commands, scores, Rig.Port, DoneChannel);
            Done = new ListSink<Completion>("sink", Rig.Array, DoneChannel);
        }

        public DmaRig Rig { get; }

        public Channel<Completion> DoneChannel { get; }

        public ListSink<Completion> Done { get; }

        public static long Address(int i) => 8192L * i;

        public static long[] Scores(int i, int classes) => [.. Enumerable.Range(0, classes).Select(k => (1000L * k) - (777 * i))];
    }
}
