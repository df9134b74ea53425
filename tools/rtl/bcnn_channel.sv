// SPDX-License-Identifier: MIT
//
// The channel between two components: a FIFO whose handshake depends on the registered count
// alone, so no combinational path crosses it in either direction.
//
//   ready = (count != Depth)   valid = (count != 0)
//
// A beat written in cycle n can be read in n+1; the place freed in n can be written in n+1.
// Hence Depth 1 runs at half rate and Depth 2 at full rate. The reader sees only the head.

module bcnn_channel #(
  parameter int Width = 8,
  parameter int Depth = 2
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,

  // Producer.
  input  logic                       wvalid_i,
  output logic                       wready_o,
  input  logic [Width-1:0]           wdata_i,

  // Consumer.
  output logic                       rvalid_o,
  input  logic                       rready_i,
  output logic [Width-1:0]           rdata_o,

  // Beats held, for observation.
  output logic [$clog2(Depth+1)-1:0] count_o
);

  localparam int CountWidth = $clog2(Depth + 1);

  logic [CountWidth-1:0] count_q;
  logic                  push;
  logic                  pop;

  assign wready_o = (count_q != CountWidth'(Depth));
  assign rvalid_o = (count_q != '0);
  assign count_o  = count_q;
  assign push     = wvalid_i & wready_o;
  assign pop      = rvalid_o & rready_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      count_q <= '0;
    end else if (push && !pop) begin
      count_q <= count_q + CountWidth'(1);
    end else if (pop && !push) begin
      count_q <= count_q - CountWidth'(1);
    end
  end

  if (Depth == 1) begin : gen_single
    // The single place is both head and tail.
    logic [Width-1:0] storage_q;

    always_ff @(posedge clk_i) begin
      if (push) begin
        storage_q <= wdata_i;
      end
    end

    assign rdata_o = storage_q;
  end else begin : gen_ring
    // Ring of any depth: the pointers wrap at Depth, which need not be a power of two.
    localparam int PointerWidth = $clog2(Depth);
    localparam logic [PointerWidth-1:0] LastPlace = PointerWidth'(Depth - 1);

    logic [Width-1:0]        storage_q [0:Depth-1];
    logic [PointerWidth-1:0] head_q;
    logic [PointerWidth-1:0] tail_q;

    always_ff @(posedge clk_i) begin
      if (push) begin
        storage_q[tail_q] <= wdata_i;
      end
    end

    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        head_q <= '0;
        tail_q <= '0;
      end else begin
        if (push) begin
          tail_q <= (tail_q == LastPlace) ? '0 : tail_q + PointerWidth'(1);
        end
        if (pop) begin
          head_q <= (head_q == LastPlace) ? '0 : head_q + PointerWidth'(1);
        end
      end
    end

    assign rdata_o = storage_q[head_q];
  end

`ifdef BCNN_ASSERTIONS
  always @(posedge clk_i or negedge rst_ni) begin
    if (rst_ni) begin
      assert (count_q <= CountWidth'(Depth))
        else $error("bcnn_channel: count %0d beyond depth %0d", count_q, Depth);
      assert (wready_o || rvalid_o)
        else $error("bcnn_channel: neither room nor beat");
    end
  end
`endif

endmodule
